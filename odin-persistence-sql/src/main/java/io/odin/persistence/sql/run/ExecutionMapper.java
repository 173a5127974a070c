package io.odin.persistence.sql.run;

import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.ParentLink;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.RunSummary;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowState;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** How runs are bound and read. */
final class ExecutionMapper {

  private ExecutionMapper() {}

  /** What a commit replaces. */
  static Binds state(RunState state) {
    return Binds.of("workflow_state", state.state().value())
        .and("execution_state", state.executionState())
        .and("last_processed_event_id", state.lastProcessedEventId())
        .and("completion_event_id", state.completionEventId())
        .and("memo", state.memo())
        .and("search_attributes", state.searchAttributes())
        .and("auto_reset_points", state.autoResetPoints())
        .and("completed_at", state.completedAt());
  }

  /** A new run with its history's position and size. */
  static Binds newRun(CreateRun run, int shardId, long historyBytes) {
    RunDefinition definition = run.definition();
    return RunMapper.run(run.key())
        .andAll(state(run.state()))
        .and("workflow_type", definition.workflowType())
        .and("task_queue", definition.taskQueue())
        .and("workflow_timeout_seconds", definition.workflowTimeout().map(Duration::toSeconds))
        .and("run_timeout_seconds", definition.runTimeout().map(Duration::toSeconds))
        .and("task_timeout_seconds", definition.taskTimeout().map(Duration::toSeconds))
        .and("retry_policy", definition.retryPolicy())
        .and("cron_schedule", definition.cronSchedule())
        .and("parent_workflow_id", definition.parent().map(ParentLink::workflowId))
        .and("parent_run_id", definition.parent().map(ParentLink::runId))
        .and("initiated_id", definition.parent().map(ParentLink::initiatedEventId))
        .and("started_at", definition.startedAt())
        .and("start_request_id", definition.startRequestId())
        .and("shard_id", shardId)
        .and("next_event_id", run.history().size() + 1L)
        .and("history_size_bytes", historyBytes);
  }

  static RunSummary summary(Row row) throws SQLException {
    return new RunSummary(
        RunMapper.key(row),
        row.text("workflow_type"),
        WorkflowState.of(row.text("workflow_state")),
        row.number("version"),
        row.instant("started_at"),
        row.optionalInstant("completed_at"),
        row.optionalText("start_request_id"),
        parent(row));
  }

  static WorkflowExecution execution(Row row) throws SQLException {
    return new WorkflowExecution(
        RunMapper.key(row),
        row.integer("shard_id"),
        new RunDefinition(
            row.text("workflow_type"),
            row.text("task_queue"),
            row.instant("started_at"),
            seconds(row, "workflow_timeout_seconds"),
            seconds(row, "run_timeout_seconds"),
            seconds(row, "task_timeout_seconds"),
            row.optionalJson("retry_policy"),
            row.optionalText("cron_schedule"),
            parent(row),
            row.optionalText("start_request_id")),
        new RunState(
            WorkflowState.of(row.text("workflow_state")),
            row.bytes("execution_state"),
            row.number("last_processed_event_id"),
            row.optionalNumber("completion_event_id"),
            row.json("memo"),
            row.json("search_attributes"),
            row.json("auto_reset_points"),
            row.optionalInstant("completed_at")),
        row.number("version"),
        row.number("next_event_id"),
        row.number("history_size_bytes"),
        row.number("signal_sequence"),
        row.instant("last_updated_at"));
  }

  private static Optional<Duration> seconds(Row row, String column) throws SQLException {
    return row.optionalNumber(column).stream().mapToObj(Duration::ofSeconds).findFirst();
  }

  private static Optional<ParentLink> parent(Row row) throws SQLException {
    Optional<String> workflowId = row.optionalText("parent_workflow_id");
    return workflowId.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ParentLink(
                workflowId.get(), row.uuid("parent_run_id"), row.number("initiated_id")));
  }
}
