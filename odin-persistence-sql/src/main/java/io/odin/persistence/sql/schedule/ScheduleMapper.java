package io.odin.persistence.sql.schedule;

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
import java.util.Optional;

/** Between rows of schedules and records. */
final class ScheduleMapper {

  private ScheduleMapper() {}

  static Binds key(ScheduleKey schedule) {
    return Binds.of("namespace_id", schedule.namespace().value())
        .and("schedule_id", schedule.scheduleId());
  }

  static Binds due(ScheduleKey schedule, Instant dueAt) {
    return key(schedule).and("scheduled_at", dueAt);
  }

  static Binds newSchedule(NewSchedule schedule) {
    return key(schedule.key())
        .andAll(definition(schedule.definition()))
        .and("schedule_name", schedule.name())
        .and("created_by", schedule.createdBy());
  }

  static Binds definition(ScheduleDefinition definition) {
    Binds binds =
        Binds.of("workflow_type", definition.workflowType())
            .and("task_queue", definition.taskQueue())
            .and("workflow_input", definition.input())
            .and("workflow_timeout_seconds", definition.workflowTimeout().map(Duration::toSeconds))
            .and("retry_policy", definition.retryPolicy())
            .and("memo", definition.memo())
            .and("search_attributes", definition.searchAttributes())
            .and("overlap_policy", definition.overlapPolicy().value())
            .and("catch_up_window_seconds", definition.catchUpWindow().toSeconds())
            .and("start_at", definition.startAt())
            .and("end_at", definition.endAt());
    return switch (definition.spec()) {
      case ScheduleSpec.Cron cron ->
          binds
              .and("cron_expression", cron.expression())
              .and("time_zone", cron.timeZone().getId())
              .and("interval_seconds", null);
      case ScheduleSpec.Interval interval ->
          binds
              .and("cron_expression", null)
              .and("time_zone", "UTC")
              .and("interval_seconds", interval.interval().toSeconds());
    };
  }

  static ScheduleKey key(Row row) throws SQLException {
    return new ScheduleKey(new NamespaceId(row.uuid("namespace_id")), row.uuid("schedule_id"));
  }

  static Schedule schedule(Row row) throws SQLException {
    return new Schedule(
        key(row),
        row.text("schedule_name"),
        definition(row),
        row.optionalText("created_by"),
        row.bool("paused")
            ? Optional.of(row.optionalText("pause_note").orElse(""))
            : Optional.empty(),
        row.optionalInstant("next_run_at"),
        row.optionalInstant("last_run_at"),
        row.optionalText("last_run_result").map(ScheduleResult::of),
        row.number("version"),
        row.instant("created_at"));
  }

  private static ScheduleDefinition definition(Row row) throws SQLException {
    Optional<String> cron = row.optionalText("cron_expression");
    return new ScheduleDefinition(
        cron.isPresent()
            ? ScheduleSpec.cron(cron.get(), row.text("time_zone"))
            : ScheduleSpec.interval(Duration.ofSeconds(row.number("interval_seconds"))),
        row.text("workflow_type"),
        row.text("task_queue"),
        row.optionalJson("workflow_input"),
        seconds(row, "workflow_timeout_seconds"),
        row.optionalJson("retry_policy"),
        row.optionalJson("memo"),
        row.optionalJson("search_attributes"),
        OverlapPolicy.of(row.text("overlap_policy")),
        Duration.ofSeconds(row.number("catch_up_window_seconds")),
        row.optionalInstant("start_at"),
        row.optionalInstant("end_at"));
  }

  private static Optional<Duration> seconds(Row row, String column) throws SQLException {
    return row.optionalNumber(column).stream().mapToObj(Duration::ofSeconds).findFirst();
  }

  static ScheduleRun run(Row row) throws SQLException {
    ScheduleKey schedule = key(row);
    return new ScheduleRun(
        schedule,
        row.instant("scheduled_at"),
        row.optionalText("workflow_id").isPresent()
            ? Optional.of(RunMapper.key(row, schedule.namespace()))
            : Optional.empty(),
        row.optionalInstant("started_at"),
        row.optionalText("result").map(ScheduleResult::of),
        row.optionalInstant("completed_at"),
        row.optionalText("error_message").orElse(""));
  }
}
