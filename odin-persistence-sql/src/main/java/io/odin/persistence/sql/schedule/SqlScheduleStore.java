package io.odin.persistence.sql.schedule;

import io.odin.persistence.Limits;
import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.internal.Payloads;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Schedules in SQL. Thread-safe. */
final class SqlScheduleStore implements ScheduleStore {

  private static final int MAXIMUM_BATCH = 1000;
  private static final int MAXIMUM_KEPT = 1_000_000;

  private final Database database;
  private final Payloads payloads;
  private final ScheduleSql sql;
  private final ScheduleCommit commit;
  private final ScheduleClaim claim;
  private final ScheduleHistory history;

  SqlScheduleStore(
      Database database,
      Limits limits,
      ScheduleSql sql,
      ScheduleCommit commit,
      ScheduleClaim claim,
      ScheduleHistory history) {
    this.database = database;
    payloads = new Payloads(limits);
    this.sql = sql;
    this.commit = commit;
    this.claim = claim;
    this.history = history;
  }

  /** A schedule that is locked, and the time by the database's clock. */
  private record LockedSchedule(Schedule schedule, Instant now) {

    /**
     * What comes next under a definition. Never a due time that was dealt with, though the clock
     * may have been put back.
     */
    Optional<Instant> next(ScheduleDefinition definition) {
      Instant after = schedule.lastDueAt().filter(last -> last.isAfter(now)).orElse(now);
      return DueTimes.of(definition, schedule.createdAt()).after(after);
    }
  }

  @Override
  public Schedule create(NewSchedule schedule) {
    check(Require.nonNull("schedule", schedule).definition());
    Binds binds = ScheduleMapper.newSchedule(schedule);
    return database.transaction(
        "schedules.create",
        session -> {
          Instant now =
              session.query(sql.now, Binds.none(), row -> row.instant("database_now")).getFirst();
          binds
              .and("created_at", now)
              .and("next_run_at", DueTimes.of(schedule.definition(), now).after(now));
          List<Step.Result> results =
              session.run(
                  List.of(
                      Step.change(sql.insert, binds),
                      Step.query(sql.find, binds, ScheduleMapper::schedule),
                      Step.query(sql.findByName, binds, ScheduleMapper::schedule)));
          Schedule stored =
              first(results.get(1))
                  .or(() -> first(results.get(2)))
                  .orElseThrow(SqlScheduleStore::deletedMeanwhile);
          if (results.getFirst().count() == 0 && !isSame(stored, schedule)) {
            throw new AlreadyExistsException(
                "schedule",
                stored.key().equals(schedule.key()) ? stored.key().toString() : stored.name(),
                stored);
          }
          return stored;
        });
  }

  /** The schedule that the insert conflicted with has been deleted meanwhile: worth a retry. */
  private static UnavailableException deletedMeanwhile() {
    return new UnavailableException(
        Reason.SERIALIZATION, "schedules.create met the deletion of the same schedule", null);
  }

  private static boolean isSame(Schedule stored, NewSchedule created) {
    return stored.key().equals(created.key())
        && stored.name().equals(created.name())
        && stored.definition().equals(created.definition())
        && stored.createdBy().equals(created.createdBy());
  }

  @Override
  public Optional<Schedule> find(ScheduleKey schedule) {
    Binds binds = ScheduleMapper.key(Require.nonNull("schedule", schedule));
    return database.read(
        "schedules.find", session -> session.first(sql.find, binds, ScheduleMapper::schedule));
  }

  @Override
  public Optional<Schedule> findByName(NamespaceId namespace, String name) {
    Binds binds = namespace(namespace).and("schedule_name", Require.id("name", name));
    return database.read(
        "schedules.findByName",
        session -> session.first(sql.findByName, binds, ScheduleMapper::schedule));
  }

  @Override
  public List<Schedule> findAll(NamespaceId namespace, Collection<String> names) {
    Require.nonNull("namespaceId", namespace);
    Require.nonNull("names", names).forEach(name -> Require.id("names", name));
    Require.that(
        names.size() <= MAXIMUM_BATCH,
        "names",
        "are " + names.size() + ": at most " + MAXIMUM_BATCH + " go into one request");
    List<String> wanted = names.stream().distinct().toList();
    if (wanted.isEmpty()) {
      return List.of();
    }
    Binds binds =
        ScheduleSql.BY_NAME.bind(
            namespace(namespace), wanted.stream().map(List::<@Nullable Object>of).toList());
    Map<String, Schedule> found =
        database
            .read(
                "schedules.findAll",
                session -> session.query(sql.findAll, binds, ScheduleMapper::schedule))
            .stream()
            .collect(Collectors.toMap(Schedule::name, Function.identity()));
    return wanted.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  @Override
  public Page<Schedule> list(NamespaceId namespace, PageRequest page) {
    Binds binds = namespace(namespace);
    Require.nonNull("page", page);
    return database.read(
        "schedules.list",
        session ->
            sql.list.page(session, binds, page, namespace.toString(), ScheduleMapper::schedule));
  }

  @Override
  public Schedule update(
      ScheduleKey schedule, ScheduleDefinition definition, long expectedVersion) {
    Require.nonNull("schedule", schedule);
    check(Require.nonNull("definition", definition));
    return database.transaction(
        "schedules.update",
        session -> {
          LockedSchedule locked = lock(session, schedule);
          if (locked.schedule().version() != expectedVersion) {
            throw new VersionConflictException(
                schedule.toString(), expectedVersion, locked.schedule().version());
          }
          return change(
              session,
              sql.update,
              ScheduleMapper.key(schedule)
                  .andAll(ScheduleMapper.definition(definition))
                  .and("next_run_at", locked.next(definition)));
        });
  }

  @Override
  public Schedule pause(ScheduleKey schedule, String note) {
    Require.nonNull("schedule", schedule);
    Require.text("note", note, 4000);
    return database.transaction(
        "schedules.pause",
        session -> {
          Schedule stored = lock(session, schedule).schedule();
          return stored.pauseNote().equals(Optional.of(note))
              ? stored
              : change(session, sql.pause, ScheduleMapper.key(schedule).and("pause_note", note));
        });
  }

  @Override
  public Schedule resume(ScheduleKey schedule) {
    Require.nonNull("schedule", schedule);
    return database.transaction(
        "schedules.resume",
        session -> {
          LockedSchedule locked = lock(session, schedule);
          return locked.schedule().isPaused()
              ? change(
                  session,
                  sql.resume,
                  ScheduleMapper.key(schedule)
                      .and("next_run_at", locked.next(locked.schedule().definition())))
              : locked.schedule();
        });
  }

  @Override
  public void delete(ScheduleKey schedule) {
    history.delete(Require.nonNull("schedule", schedule));
  }

  @Override
  public List<Instant> dueTimes(ScheduleDefinition definition, Instant after, int count) {
    Require.nonNull("definition", definition);
    Instant from = Require.instant("after", after);
    return DueTimes.of(definition, from)
        .next(from, (int) Require.between("count", count, 1, MAXIMUM_BATCH));
  }

  @Override
  public List<DueSchedule> claimDue(String owner, Duration leaseFor, int limit) {
    return claim.claim(
        Require.id("owner", owner), Require.positive("leaseFor", leaseFor), limit(limit));
  }

  @Override
  public void advance(ScheduleLease lease, DueOutcome outcome) {
    Require.nonNull("lease", lease);
    Require.that(
        !(Require.nonNull("outcome", outcome) instanceof DueOutcome.Started started)
            || started.run().namespace().equals(lease.schedule().namespace()),
        "outcome",
        "is a run of another namespace: a schedule stays within its own");
    List<ExpectedStep> steps = commit.advance(lease, outcome);
    database.transaction(
        "schedules.advance",
        session -> {
          List<Step.Result> results = session.run(steps.stream().map(ExpectedStep::step).toList());
          if (steps.get(ScheduleCommit.RECORD).isMissed(results.get(ScheduleCommit.RECORD))) {
            session.rollbackOnly();
            commit.requireSame(session, lease, outcome);
          } else if (steps.getLast().isMissed(results.getLast())) {
            throw commit.lost(session, lease);
          }
          return results;
        });
  }

  @Override
  public boolean recordResult(RunKey run, ScheduleResult result, String message) {
    Require.nonNull("run", run);
    Require.that(
        Require.nonNull("result", result) != ScheduleResult.SKIPPED
            && result != ScheduleResult.MISSED,
        "result",
        "is " + result + ": a run that was started ends in another way");
    return history.recordResult(run, result, Require.text("message", message, 4000));
  }

  @Override
  public Page<ScheduleRun> history(ScheduleKey schedule, PageRequest page) {
    return history.list(Require.nonNull("schedule", schedule), Require.nonNull("page", page));
  }

  @Override
  public Page<ScheduleRun> pending(NamespaceId namespace, PageRequest page) {
    return history.pending(
        Require.nonNull("namespaceId", namespace), Require.nonNull("page", page));
  }

  @Override
  public int trimHistory(ScheduleKey schedule, int keep, int limit) {
    Require.nonNull("schedule", schedule);
    return history.trim(
        schedule, (int) Require.between("keep", keep, 0, MAXIMUM_KEPT), limit(limit));
  }

  private LockedSchedule lock(Session session, ScheduleKey schedule) throws SQLException {
    return session
        .first(
            sql.lock,
            ScheduleMapper.key(schedule),
            row -> new LockedSchedule(ScheduleMapper.schedule(row), row.instant("database_now")))
        .orElseThrow(() -> new NotFoundException("schedule", schedule.toString()));
  }

  private Schedule change(Session session, Sql statement, Binds binds) throws SQLException {
    List<Step.Result> results =
        session.run(
            List.of(
                Step.change(statement, binds),
                Step.query(sql.find, binds, ScheduleMapper::schedule)));
    return first(results.getLast()).orElseThrow();
  }

  private static Optional<Schedule> first(Step.Result result) {
    return result.rows(Schedule.class).stream().findFirst();
  }

  /** Before any SQL: what cannot be stored, and what would never be due. */
  private void check(ScheduleDefinition definition) {
    definition.input().ifPresent(payloads::check);
    definition.retryPolicy().ifPresent(payloads::check);
    definition.memo().ifPresent(payloads::check);
    definition.searchAttributes().ifPresent(payloads::check);
    DueTimes.of(definition, Instant.EPOCH);
  }

  private static Binds namespace(NamespaceId namespace) {
    return Binds.of("namespace_id", Require.nonNull("namespaceId", namespace).value());
  }

  private static int limit(int limit) {
    return (int) Require.between("limit", limit, 1, MAXIMUM_BATCH);
  }
}
