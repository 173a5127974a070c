package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.REGULAR_RUN_AT;
import static io.odin.persistence.sql.statement.Columns.DATABASE_NOW;

import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A schedule that is locked.
 *
 * @param schedule the schedule
 * @param regular the next due time of the spec, after those that were requested
 * @param now the time by the database's clock
 */
record LockedSchedule(Schedule schedule, Optional<Instant> regular, Instant now) {

  /** Locks a schedule; empty if there is none. */
  static Optional<LockedSchedule> find(Session session, ScheduleSql sql, ScheduleKey schedule)
      throws SQLException {
    return session.first(sql.lock, ScheduleMapper.key(schedule), LockedSchedule::of);
  }

  /** Changes a schedule that is locked, and reads it. */
  static Schedule change(Session session, Sql statement, Sql find, Binds binds)
      throws SQLException {
    List<Step.Result> results =
        session.run(
            List.of(
                Step.change(statement, binds), Step.query(find, binds, ScheduleMapper::schedule)));
    return results.getLast().rows(Schedule.class).getFirst();
  }

  private static LockedSchedule of(Row row) throws SQLException {
    Schedule schedule = ScheduleMapper.schedule(row);
    return new LockedSchedule(
        schedule,
        schedule.requestedAt().isEmpty() ? schedule.nextDueAt() : row.optional(REGULAR_RUN_AT),
        row.get(DATABASE_NOW));
  }

  /**
   * What comes next under a definition. Never a due time that was dealt with, though the clock may
   * have been put back.
   */
  Optional<Instant> next(ScheduleDefinition definition) {
    if (remainingActions(definition).equals(OptionalLong.of(0))) {
      return Optional.empty();
    }
    Instant after = schedule.lastDueAt().filter(last -> last.isAfter(now)).orElse(now);
    return dueTimes(definition).after(after);
  }

  /** The due times of a definition of this schedule. */
  DueTimes dueTimes(ScheduleDefinition definition) {
    return DueTimes.of(definition, schedule.createdAt());
  }

  /** Those of the schedule, unless the definition has another maximum. */
  OptionalLong remainingActions(ScheduleDefinition definition) {
    return definition.maximumActions().equals(schedule.definition().maximumActions())
        ? schedule.remainingActions()
        : definition.maximumActions();
  }
}
