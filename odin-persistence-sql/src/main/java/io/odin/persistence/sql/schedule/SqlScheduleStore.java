package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.CREATED_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.NEXT_RUN_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.PAUSE_NOTE;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.REMAINING_ACTIONS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.SCHEDULE_NAME;
import static io.odin.persistence.sql.statement.Columns.DATABASE_NOW;
import static io.odin.persistence.sql.statement.Columns.EXPECTED_VERSION;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.Limits;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
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
import io.odin.persistence.spi.Payloads;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.write.AppliedWrites;
import io.odin.persistence.sql.write.WriteId;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.SearchAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Schedules in SQL. Thread-safe. */
final class SqlScheduleStore implements ScheduleStore {

  private static final int MAXIMUM_KEPT = 1_000_000;

  private final Database database;
  private final Payloads payloads;
  private final ScheduleSql sql;
  private final AppliedWrites writes;
  private final LiveNamespaces live;
  private final AttributeCheck attributes;
  private final ScheduleCommit commit;
  private final ScheduleClaim claim;
  private final ScheduleHistory history;
  private final ScheduleRequests requests;

  SqlScheduleStore(
      Database database,
      Limits limits,
      ScheduleSql sql,
      AppliedWrites writes,
      LiveNamespaces live,
      AttributeCheck attributes,
      ScheduleCommit commit,
      ScheduleClaim claim,
      ScheduleHistory history,
      ScheduleRequests requests) {
    this.database = database;
    payloads = new Payloads(limits);
    this.sql = sql;
    this.writes = writes;
    this.live = live;
    this.attributes = attributes;
    this.commit = commit;
    this.claim = claim;
    this.history = history;
    this.requests = requests;
  }

  @Override
  public Schedule create(NewSchedule schedule) {
    check(Require.nonNull("schedule", schedule).definition());
    Binds binds = ScheduleMapper.newSchedule(schedule);
    WriteId write = WriteId.of("schedules.create", binds);
    Optional<InvalidRequestException> refusal =
        refusal(schedule.key().namespace(), schedule.definition());
    return database.transaction(
        "schedules.create",
        session -> {
          Instant now =
              session.query(sql.now, Binds.none(), row -> row.get(DATABASE_NOW)).getFirst();
          binds
              .and(CREATED_AT, now)
              .and(NEXT_RUN_AT, DueTimes.of(schedule.definition(), now).after(now));
          List<Step.Result> results =
              session.run(
                  List.of(
                      Step.change(sql.insert, binds),
                      Step.query(sql.find, binds, ScheduleMapper::schedule),
                      Step.query(sql.findByName, binds, ScheduleMapper::schedule)));
          NamespaceId namespace = schedule.key().namespace();
          Optional<Schedule> found = first(results.get(1)).or(() -> first(results.get(2)));
          if (found.isEmpty()) {
            live.require(session, namespace);
            throw deletedMeanwhile();
          }
          Schedule stored = found.get();
          if (results.getFirst().count() > 0) {
            throwIfPresent(refusal);
            writes.record(session, namespace, write);
          } else if (isSame(stored, schedule)) {
            session.confirm();
          } else if (!stored.key().equals(schedule.key())
              || !writes.confirms(session, namespace, write)) {
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
    Binds binds = namespace(namespace).and(SCHEDULE_NAME, Require.id("name", name));
    return database.read(
        "schedules.findByName",
        session -> session.first(sql.findByName, binds, ScheduleMapper::schedule));
  }

  @Override
  public List<Schedule> findAll(NamespaceId namespace, Collection<String> names) {
    Require.nonNull("namespaceId", namespace);
    Require.nonNull("names", names).forEach(name -> Require.id("names", name));
    Require.that(
        names.size() <= Limits.BATCH_ITEMS,
        "names",
        "are " + names.size() + ": at most " + Limits.BATCH_ITEMS + " go into one request");
    List<String> wanted = names.stream().distinct().toList();
    if (wanted.isEmpty()) {
      return List.of();
    }
    Map<String, Schedule> found =
        database.read("schedules.findAll", session -> findAll(session, namespace, wanted)).stream()
            .collect(Collectors.toMap(Schedule::name, Function.identity()));
    return wanted.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  /** Those that are too large to be read together with others are read one by one. */
  private List<Schedule> findAll(Session session, NamespaceId namespace, List<String> names)
      throws SQLException {
    Binds binds =
        ScheduleSql.BY_NAME.bind(
            namespace(namespace),
            names.stream().map(name -> Binds.of(SCHEDULE_NAME, name)).toList());
    long rowBytes = session.pageBytes() / names.size() / ScheduleSql.MATCHING.payloads();
    List<Schedule> found = new ArrayList<>();
    List<String> large = new ArrayList<>();
    session.query(
        sql.findAll,
        binds.and(PayloadColumns.ROW_BYTES, rowBytes),
        row ->
            ScheduleSql.MATCHING.areIn(row, rowBytes)
                ? found.add(ScheduleMapper.schedule(row))
                : large.add(row.get(SCHEDULE_NAME)));
    long bytes = 0;
    for (String name : large) {
      Optional<Schedule> schedule =
          session.first(
              sql.findByName,
              namespace(namespace).and(SCHEDULE_NAME, name),
              ScheduleMapper::schedule);
      schedule.ifPresent(found::add);
      bytes += schedule.map(SqlScheduleStore::bytes).orElse(0L);
      Limits.check("names", "pageBytes", bytes, session.pageBytes());
    }
    return found;
  }

  private static long bytes(Schedule schedule) {
    ScheduleDefinition definition = schedule.definition();
    return Stream.of(
            definition.input(),
            definition.retryPolicy(),
            definition.memo(),
            definition.searchAttributes())
        .flatMap(Optional::stream)
        .mapToLong(payload -> payload.text().length())
        .sum();
  }

  @Override
  public Page<Schedule> list(NamespaceId namespace, PageRequest page) {
    Binds binds = namespace(namespace);
    Require.nonNull("page", page);
    return database.read(
        "schedules.list",
        session -> {
          Page<Optional<Schedule>> rows =
              sql.list.page(session, binds, page, namespace.toString(), ScheduleMapper::readable);
          return new Page<>(rows.items().stream().flatMap(Optional::stream).toList(), rows.next());
        });
  }

  @Override
  public Schedule update(
      ScheduleKey schedule, ScheduleDefinition definition, long expectedVersion) {
    Require.nonNull("schedule", schedule);
    check(Require.nonNull("definition", definition));
    NamespaceId namespace = schedule.namespace();
    Binds binds = ScheduleMapper.key(schedule).andAll(ScheduleMapper.definition(definition));
    WriteId write =
        WriteId.of("schedules.update", Binds.of(EXPECTED_VERSION, expectedVersion).andAll(binds));
    Optional<InvalidRequestException> refusal = refusal(namespace, definition);
    return database.transaction(
        "schedules.update",
        session -> {
          Optional<LockedSchedule> locked = LockedSchedule.find(session, sql, schedule);
          if (locked.isPresent() && locked.get().schedule().version() == expectedVersion) {
            Schedule stored = locked.get().schedule();
            if (stored.definition().equals(definition)) {
              if (!writes.confirms(session, namespace, write)) {
                writes.record(session, namespace, write);
              }
              return stored;
            }
            if (!stored.definition().searchAttributes().equals(definition.searchAttributes())) {
              throwIfPresent(refusal);
            }
            writes.record(session, namespace, write);
            return move(
                session,
                locked.get(),
                sql.update,
                binds
                    .and(NEXT_RUN_AT, locked.get().next(definition))
                    .and(REMAINING_ACTIONS, locked.get().remainingActions(definition)),
                ScheduleCommit.CHANGED);
          }
          boolean before = writes.confirms(session, namespace, write);
          if (locked.isEmpty()) {
            NotFoundException missing = new NotFoundException("schedule", schedule.toString());
            throw before ? missing.withOutcome(Outcome.APPLIED) : missing;
          }
          if (!before) {
            throw new VersionConflictException(
                schedule.toString(), expectedVersion, locked.get().schedule().version());
          }
          return locked.get().schedule();
        });
  }

  @Override
  public Schedule pause(ScheduleKey schedule, String note) {
    Require.nonNull("schedule", schedule);
    Require.message("note", note);
    return database.transaction(
        "schedules.pause",
        session -> {
          Schedule stored = lock(session, schedule).schedule();
          if (stored.pauseNote().equals(Optional.of(note))) {
            session.confirm();
            return stored;
          }
          return change(session, sql.pause, ScheduleMapper.key(schedule).and(PAUSE_NOTE, note));
        });
  }

  @Override
  public Schedule resume(ScheduleKey schedule) {
    Require.nonNull("schedule", schedule);
    return database.transaction(
        "schedules.resume",
        session -> {
          LockedSchedule locked = lock(session, schedule);
          if (!locked.schedule().isPaused()) {
            session.confirm();
            return locked.schedule();
          }
          return move(
              session,
              locked,
              sql.resume,
              ScheduleMapper.key(schedule)
                  .and(NEXT_RUN_AT, locked.next(locked.schedule().definition())),
              ScheduleCommit.PAUSED);
        });
  }

  @Override
  public Schedule trigger(ScheduleKey schedule, UUID requestId) {
    return requests.trigger(
        Require.nonNull("schedule", schedule), Require.nonNull("requestId", requestId));
  }

  @Override
  public Schedule backfill(ScheduleKey schedule, Instant from, Instant to, UUID requestId) {
    Require.nonNull("schedule", schedule);
    Instant first = Require.instant("from", from);
    Instant last = Require.instant("to", to);
    Require.that(
        !last.isBefore(first), "to", "is " + last + ": it must not be before from, " + first);
    return requests.backfill(schedule, first, last, Require.nonNull("requestId", requestId));
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
        .next(from, (int) Require.between("count", count, 1, Limits.BATCH_ITEMS));
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
            commit.requireSame(session, lease, outcome);
            session.confirm();
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
    return history.recordResult(run, result, Require.message("message", message));
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
    return LockedSchedule.find(session, sql, schedule)
        .orElseThrow(() -> new NotFoundException("schedule", schedule.toString()));
  }

  /** Changes a schedule and drops the due time that waits or is claimed, which leaves a record. */
  private Schedule move(
      Session session, LockedSchedule locked, Sql statement, Binds binds, String reason)
      throws SQLException {
    Schedule schedule = locked.schedule();
    Optional<Instant> dropped = schedule.nextDueAt().filter(due -> !due.isAfter(locked.now()));
    if (dropped.isPresent()) {
      commit.recordMissed(session, schedule.key(), dropped.get(), reason);
    }
    return change(session, statement, binds);
  }

  private Schedule change(Session session, Sql statement, Binds binds) throws SQLException {
    return LockedSchedule.change(session, statement, sql.find, binds);
  }

  private static Optional<Schedule> first(Step.Result result) {
    return result.rows(Schedule.class).stream().findFirst();
  }

  /** Before any SQL: what cannot be stored, and what would never be due. */
  private void check(ScheduleDefinition definition) {
    payloads.check("input", definition.input());
    payloads.check("retryPolicy", definition.retryPolicy());
    payloads.check("memo", definition.memo());
    payloads.check("searchAttributes", definition.searchAttributes());
    definition.searchAttributes().ifPresent(SearchAttributes::of);
    DueTimes.of(definition, Instant.EPOCH);
  }

  /**
   * Why the runs of a definition could not be stored: search attributes that are not registered, or
   * with another type. A repetition of what was applied is not refused for it.
   */
  private Optional<InvalidRequestException> refusal(
      NamespaceId namespace, ScheduleDefinition definition) {
    Optional<SearchAttributes> values = definition.searchAttributes().map(SearchAttributes::of);
    try {
      values.ifPresent(all -> attributes.requireRegistered(namespace, all));
      return Optional.empty();
    } catch (InvalidRequestException e) {
      return Optional.of(e);
    }
  }

  private static void throwIfPresent(Optional<InvalidRequestException> refusal) {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private static Binds namespace(NamespaceId namespace) {
    return Binds.of(NAMESPACE_ID, Require.nonNull("namespaceId", namespace).value());
  }

  private static int limit(int limit) {
    return (int) Require.between("limit", limit, 1, Limits.BATCH_ITEMS);
  }
}
