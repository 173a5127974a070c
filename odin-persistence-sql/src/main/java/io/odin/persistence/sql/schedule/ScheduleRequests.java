package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.RESULT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.SCHEDULED_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.NEXT_RUN_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.REGULAR_RUN_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.REQUESTED_TIMES;

import io.odin.persistence.Limits;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.internal.Require;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.write.AppliedWrites;
import io.odin.persistence.sql.write.WriteId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Due times that are requested: outside of the spec, or in the past. Thread-safe. */
final class ScheduleRequests {

  private static final int MAXIMUM = Limits.BATCH_ITEMS;

  private final Database database;
  private final ScheduleSql sql;
  private final ScheduleHistorySql history;
  private final AppliedWrites writes;
  private final LiveNamespaces live;

  ScheduleRequests(
      Database database,
      ScheduleSql sql,
      ScheduleHistorySql history,
      AppliedWrites writes,
      LiveNamespaces live) {
    this.database = database;
    this.sql = sql;
    this.history = history;
    this.writes = writes;
    this.live = live;
  }

  /** Which due times a request adds to a schedule. */
  @FunctionalInterface
  private interface Choice {
    Collection<Instant> of(Session session, LockedSchedule locked) throws SQLException;
  }

  Schedule trigger(ScheduleKey schedule, UUID requestId) {
    return request(
        "schedules.trigger",
        schedule,
        Binds.of("request_id", requestId),
        (session, locked) -> List.of(firstFree(locked)));
  }

  Schedule backfill(ScheduleKey schedule, Instant from, Instant to, UUID requestId) {
    return request(
        "schedules.backfill",
        schedule,
        Binds.of("request_id", requestId).and("from", from).and("to", to),
        (session, locked) -> unrecorded(session, locked, past(locked, from, to)));
  }

  private Schedule request(String name, ScheduleKey schedule, Binds arguments, Choice choice) {
    WriteId write = WriteId.of(name, arguments.andAll(ScheduleMapper.key(schedule)));
    return database.transaction(
        name,
        session -> {
          Optional<LockedSchedule> locked = LockedSchedule.find(session, sql, schedule);
          boolean before = writes.confirms(session, schedule.namespace(), write);
          if (before) {
            return locked
                .orElseThrow(() -> missing(schedule).withOutcome(Outcome.APPLIED))
                .schedule();
          }
          live.require(session, schedule.namespace());
          if (locked.isEmpty()) {
            throw missing(schedule);
          }
          requireActive(locked.get().schedule());
          Collection<Instant> chosen = choice.of(session, locked.get());
          writes.record(session, schedule.namespace(), write);
          return add(session, locked.get(), chosen);
        });
  }

  private static NotFoundException missing(ScheduleKey schedule) {
    return new NotFoundException("schedule", schedule.toString());
  }

  private static void requireActive(Schedule schedule) {
    Require.that(
        !schedule.isPaused(),
        "schedule",
        () -> "is paused (" + schedule.pauseNote().orElse("") + "): resume it first");
    Require.that(
        !schedule.remainingActions().equals(OptionalLong.of(0)),
        "schedule",
        "has no remaining actions: give its definition another maximum first");
  }

  /** The requested ones precede the regular ones, whose claim, if there is one, ends. */
  private Schedule add(Session session, LockedSchedule locked, Collection<Instant> chosen)
      throws SQLException {
    Schedule schedule = locked.schedule();
    TreeSet<Instant> requested = new TreeSet<>(schedule.requestedAt());
    if (!requested.addAll(chosen)) {
      return schedule;
    }
    Require.that(
        requested.size() <= MAXIMUM,
        "schedule",
        () ->
            "would have "
                + requested.size()
                + " requested due times that wait: at most "
                + MAXIMUM
                + " are kept, so request fewer, or later");
    return LockedSchedule.change(
        session,
        sql.request,
        sql.find,
        ScheduleMapper.key(schedule.key())
            .and(NEXT_RUN_AT, requested.getFirst())
            .and(REQUESTED_TIMES, RequestedTimes.json(requested))
            .and(REGULAR_RUN_AT, locked.regular()));
  }

  /** Now, or the first microsecond after it that is neither due nor was. */
  private static Instant firstFree(LockedSchedule locked) {
    Schedule schedule = locked.schedule();
    DueTimes times = locked.dueTimes(schedule.definition());
    Instant free =
        Stream.concat(schedule.requestedAt().stream(), schedule.lastDueAt().stream())
            .map(taken -> taken.plusNanos(1000))
            .filter(after -> after.isAfter(locked.now()))
            .max(Instant::compareTo)
            .orElse(locked.now());
    while (times.from(free).equals(Optional.of(free))) {
      free = free.plusNanos(1000);
    }
    return free;
  }

  /** The due times of an interval, without those that the schedule still has before it. */
  private static List<Instant> past(LockedSchedule locked, Instant from, Instant to) {
    List<Instant> due =
        locked
            .dueTimes(locked.schedule().definition())
            .next(from.minusNanos(1000), MAXIMUM + 1)
            .stream()
            .filter(time -> !time.isAfter(to) && !time.isAfter(locked.now()))
            .filter(time -> locked.regular().map(time::isBefore).orElse(true))
            .toList();
    if (due.size() > MAXIMUM) {
      throw new InvalidRequestException(
          "to",
          "is "
              + to
              + ": there are more than "
              + MAXIMUM
              + " due times from "
              + from
              + " on; request shorter intervals, one after the other");
    }
    return due;
  }

  /** Those without a record; one that only states that they were missed is deleted. */
  private List<Instant> unrecorded(Session session, LockedSchedule locked, List<Instant> due)
      throws SQLException {
    if (due.isEmpty()) {
      return due;
    }
    ScheduleKey key = locked.schedule().key();
    List<Instant> unrecorded = new ArrayList<>(due);
    List<Binds> missed = new ArrayList<>();
    session.query(
        history.recorded,
        ScheduleHistorySql.DUE_TIMES.bind(
            ScheduleMapper.key(key),
            due.stream().map(time -> Binds.of(SCHEDULED_AT, time)).toList()),
        row -> {
          Instant time = row.get(SCHEDULED_AT);
          return row.optional(RESULT).equals(Optional.of(ScheduleResult.MISSED.value()))
              ? missed.add(ScheduleMapper.due(key, time))
              : unrecorded.remove(time);
        });
    session.batch(history.delete, missed);
    return unrecorded;
  }
}
