package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.COMPLETED_AT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.ERROR_MESSAGE;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.RESULT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.SCHEDULED_AT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.STARTED_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.CATCH_UP_WINDOW_SECONDS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.CREATED_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.CREATED_BY;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.CRON_EXPRESSION;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.END_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.INTERVAL_SECONDS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.JITTER_SECONDS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LAST_RUN_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LAST_RUN_RESULT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.MAXIMUM_ACTIONS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.MEMO;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.NEXT_RUN_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.OVERLAP_POLICY;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.PAUSED;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.PAUSE_NOTE;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.REMAINING_ACTIONS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.REQUESTED_TIMES;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.RETRY_POLICY;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.SCHEDULE_ID;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.SCHEDULE_NAME;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.SEARCH_ATTRIBUTES;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.START_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.TASK_QUEUE;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.TIME_ZONE;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.VERSION;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.WORKFLOW_INPUT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.WORKFLOW_TIMEOUT_SECONDS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.WORKFLOW_TYPE;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.OverlapPolicy;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Field;

/** Between rows of schedules and records. */
final class ScheduleMapper {

  /** Of intervals, for which the zone has no meaning. */
  private static final String NO_ZONE = "UTC";

  private ScheduleMapper() {}

  static Binds key(ScheduleKey schedule) {
    return Binds.of(NAMESPACE_ID, schedule.namespace().value())
        .and(SCHEDULE_ID, schedule.scheduleId());
  }

  static Binds due(ScheduleKey schedule, Instant dueAt) {
    return key(schedule).and(SCHEDULED_AT, dueAt);
  }

  static Binds newSchedule(NewSchedule schedule) {
    return key(schedule.key())
        .andAll(definition(schedule.definition()))
        .and(SCHEDULE_NAME, schedule.name())
        .and(CREATED_BY, schedule.createdBy())
        .and(REMAINING_ACTIONS, schedule.definition().maximumActions());
  }

  static Binds definition(ScheduleDefinition definition) {
    Binds binds =
        Binds.of(WORKFLOW_TYPE, definition.workflowType())
            .and(TASK_QUEUE, definition.taskQueue())
            .and(WORKFLOW_INPUT, definition.input())
            .and(WORKFLOW_TIMEOUT_SECONDS, definition.workflowTimeout().map(Duration::toSeconds))
            .and(RETRY_POLICY, definition.retryPolicy())
            .and(MEMO, definition.memo())
            .and(SEARCH_ATTRIBUTES, definition.searchAttributes())
            .and(OVERLAP_POLICY, definition.overlapPolicy().value())
            .and(CATCH_UP_WINDOW_SECONDS, definition.catchUpWindow().toSeconds())
            .and(JITTER_SECONDS, definition.jitter().toSeconds())
            .and(MAXIMUM_ACTIONS, definition.maximumActions())
            .and(START_AT, definition.startAt())
            .and(END_AT, definition.endAt());
    return switch (definition.spec()) {
      case ScheduleSpec.Cron cron ->
          binds
              .and(CRON_EXPRESSION, cron.expression())
              .and(TIME_ZONE, cron.timeZone().getId())
              .andNull(INTERVAL_SECONDS);
      case ScheduleSpec.Interval interval ->
          binds
              .andNull(CRON_EXPRESSION)
              .and(TIME_ZONE, NO_ZONE)
              .and(INTERVAL_SECONDS, interval.interval().toSeconds());
      case ScheduleSpec.EpochInterval interval ->
          binds
              .and(CRON_EXPRESSION, interval.text())
              .and(TIME_ZONE, NO_ZONE)
              .andNull(INTERVAL_SECONDS);
      case ScheduleSpec.AnyOf several ->
          binds
              .and(CRON_EXPRESSION, several.text())
              .and(TIME_ZONE, several.timeZone().map(ZoneId::getId).orElse(NO_ZONE))
              .andNull(INTERVAL_SECONDS);
    };
  }

  static ScheduleKey key(Row row) throws SQLException {
    return new ScheduleKey(new NamespaceId(row.get(NAMESPACE_ID)), row.get(SCHEDULE_ID));
  }

  /** As {@link #schedule}; empty where another program has written what no store would. */
  static Optional<Schedule> readable(Row row) throws SQLException {
    try {
      return Optional.of(schedule(row));
    } catch (InvalidRequestException e) {
      return Optional.empty();
    }
  }

  static Schedule schedule(Row row) throws SQLException {
    return new Schedule(
        key(row),
        row.get(SCHEDULE_NAME),
        definition(row),
        row.optional(CREATED_BY),
        row.get(PAUSED) ? Optional.of(row.optional(PAUSE_NOTE).orElse("")) : Optional.empty(),
        row.optional(NEXT_RUN_AT),
        row.optional(LAST_RUN_AT),
        row.optional(LAST_RUN_RESULT).map(ScheduleResult::of),
        count(row, REMAINING_ACTIONS),
        RequestedTimes.waiting(row.optional(REQUESTED_TIMES), row.optional(NEXT_RUN_AT)),
        row.get(VERSION),
        row.get(CREATED_AT));
  }

  private static ScheduleDefinition definition(Row row) throws SQLException {
    Optional<String> cron = row.optional(CRON_EXPRESSION);
    return new ScheduleDefinition(
        cron.isPresent()
            ? ScheduleSpec.cron(cron.get(), row.get(TIME_ZONE))
            : ScheduleSpec.interval(Duration.ofSeconds(row.get(INTERVAL_SECONDS))),
        row.get(WORKFLOW_TYPE),
        row.get(TASK_QUEUE),
        row.optional(WORKFLOW_INPUT),
        seconds(row, WORKFLOW_TIMEOUT_SECONDS),
        row.optional(RETRY_POLICY),
        row.optional(MEMO),
        row.optional(SEARCH_ATTRIBUTES),
        OverlapPolicy.of(row.get(OVERLAP_POLICY)),
        Duration.ofSeconds(row.get(CATCH_UP_WINDOW_SECONDS)),
        Duration.ofSeconds(row.get(JITTER_SECONDS)),
        count(row, MAXIMUM_ACTIONS),
        row.optional(START_AT),
        row.optional(END_AT));
  }

  private static Optional<Duration> seconds(Row row, Field<Long> column) throws SQLException {
    return row.optional(column).map(Duration::ofSeconds);
  }

  private static OptionalLong count(Row row, Field<Long> column) throws SQLException {
    return row.optional(column).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  static ScheduleRun run(Row row) throws SQLException {
    ScheduleKey schedule = key(row);
    return new ScheduleRun(
        schedule,
        row.get(SCHEDULED_AT),
        row.optional(WORKFLOW_ID).isPresent()
            ? Optional.of(RunMapper.key(row, schedule.namespace()))
            : Optional.empty(),
        row.optional(STARTED_AT),
        row.optional(RESULT).map(ScheduleResult::of),
        row.optional(COMPLETED_AT),
        row.optional(ERROR_MESSAGE).orElse(""));
  }
}
