package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.run.WorkflowExecutionsTable.AUTO_RESET_POINTS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.BASE_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.BASE_RUN_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.COMPLETED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.COMPLETION_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.CRON_SCHEDULE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.EXECUTION_STATE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.HISTORY_SIZE_BYTES;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.INITIATED_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.LAST_PROCESSED_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.LAST_UPDATED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.MEMO;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.NEXT_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.PARENT_RUN_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.PARENT_WORKFLOW_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.RETRY_POLICY;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.RUN_TIMEOUT_SECONDS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.SEARCH_ATTRIBUTES;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.SHARD_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.SIGNAL_SEQUENCE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.STARTED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.START_REQUEST_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.TASK_QUEUE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.TASK_TIMEOUT_SECONDS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.VERSION;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_TIMEOUT_SECONDS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_TYPE;

import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;

/** How runs are bound and read. */
final class ExecutionMapper {

  private ExecutionMapper() {}

  /** What a commit replaces. */
  static Binds state(RunState state) {
    return Binds.of(WORKFLOW_STATE, state.state().value())
        .and(EXECUTION_STATE, state.executionState())
        .and(LAST_PROCESSED_EVENT_ID, state.lastProcessedEventId())
        .and(COMPLETION_EVENT_ID, state.completionEventId())
        .and(MEMO, state.memo())
        .and(SEARCH_ATTRIBUTES, state.searchAttributes())
        .and(AUTO_RESET_POINTS, state.autoResetPoints())
        .and(COMPLETED_AT, state.completedAt());
  }

  /** A new run with its history's position and size. */
  static Binds newRun(CreateRun run, int shardId, long historyBytes) {
    RunDefinition definition = run.definition();
    return RunMapper.run(run.key())
        .andAll(state(run.state()))
        .and(WORKFLOW_TYPE, definition.workflowType())
        .and(TASK_QUEUE, definition.taskQueue())
        .and(WORKFLOW_TIMEOUT_SECONDS, definition.workflowTimeout().map(Duration::toSeconds))
        .and(RUN_TIMEOUT_SECONDS, definition.runTimeout().map(Duration::toSeconds))
        .and(TASK_TIMEOUT_SECONDS, definition.taskTimeout().map(Duration::toSeconds))
        .and(RETRY_POLICY, definition.retryPolicy())
        .and(CRON_SCHEDULE, definition.cronSchedule())
        .and(PARENT_WORKFLOW_ID, definition.parent().map(ParentLink::workflowId))
        .and(PARENT_RUN_ID, definition.parent().map(ParentLink::runId))
        .and(INITIATED_ID, definition.parent().map(ParentLink::initiatedEventId))
        .and(STARTED_AT, definition.startedAt())
        .and(START_REQUEST_ID, definition.startRequestId())
        .and(SHARD_ID, shardId)
        .and(BASE_RUN_ID, definition.base().map(BaseRun::runId))
        .and(BASE_EVENT_ID, definition.base().map(BaseRun::lastEventId))
        .and(
            NEXT_EVENT_ID,
            run.copied().map(BaseRun::lastEventId).orElse(0L) + run.history().size() + 1)
        .and(HISTORY_SIZE_BYTES, historyBytes)
        .and(SIGNAL_SEQUENCE, (long) run.signals().size());
  }

  static RunSummary summary(Row row) throws SQLException {
    return new RunSummary(
        RunMapper.key(row),
        row.get(WORKFLOW_TYPE),
        WorkflowState.of(row.get(WORKFLOW_STATE)),
        row.get(VERSION),
        row.get(STARTED_AT),
        row.optional(COMPLETED_AT),
        row.optional(START_REQUEST_ID),
        parent(row),
        base(row));
  }

  static WorkflowExecution execution(Row row) throws SQLException {
    return new WorkflowExecution(
        RunMapper.key(row),
        row.get(SHARD_ID),
        new RunDefinition(
            row.get(WORKFLOW_TYPE),
            row.get(TASK_QUEUE),
            row.get(STARTED_AT),
            seconds(row, WORKFLOW_TIMEOUT_SECONDS),
            seconds(row, RUN_TIMEOUT_SECONDS),
            seconds(row, TASK_TIMEOUT_SECONDS),
            row.optional(RETRY_POLICY),
            row.optional(CRON_SCHEDULE),
            parent(row),
            row.optional(START_REQUEST_ID),
            base(row)),
        new RunState(
            WorkflowState.of(row.get(WORKFLOW_STATE)),
            row.get(EXECUTION_STATE),
            row.get(LAST_PROCESSED_EVENT_ID),
            row.optionalNumber(COMPLETION_EVENT_ID),
            row.get(MEMO),
            row.get(SEARCH_ATTRIBUTES),
            row.get(AUTO_RESET_POINTS),
            row.optional(COMPLETED_AT)),
        row.get(VERSION),
        row.get(NEXT_EVENT_ID),
        row.get(HISTORY_SIZE_BYTES),
        row.get(SIGNAL_SEQUENCE),
        row.get(LAST_UPDATED_AT));
  }

  private static Optional<Duration> seconds(Row row, Field<Long> column) throws SQLException {
    return row.optional(column).map(Duration::ofSeconds);
  }

  private static Optional<BaseRun> base(Row row) throws SQLException {
    Optional<UUID> runId = row.optional(BASE_RUN_ID);
    return runId.isEmpty()
        ? Optional.empty()
        : Optional.of(new BaseRun(runId.get(), row.get(BASE_EVENT_ID)));
  }

  private static Optional<ParentLink> parent(Row row) throws SQLException {
    Optional<String> workflowId = row.optional(PARENT_WORKFLOW_ID);
    return workflowId.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ParentLink(workflowId.get(), row.get(PARENT_RUN_ID), row.get(INITIATED_ID)));
  }
}
