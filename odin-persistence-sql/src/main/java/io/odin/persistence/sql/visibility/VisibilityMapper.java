package io.odin.persistence.sql.visibility;

import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.WorkflowState;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How visibility records and tags are bound and read. */
final class VisibilityMapper {

  private VisibilityMapper() {}

  static Binds record(VisibilityRecord record, long version) {
    return RunMapper.run(record.run())
        .and("workflow_type", record.workflowType())
        .and("task_queue", record.taskQueue())
        .and("workflow_state", record.state().value())
        .and("status", record.status())
        .and("start_time", record.startTime())
        .and("execution_time", record.executionTime())
        .and("close_time", record.closeTime())
        .and("history_length", record.historyLength())
        .and("execution_duration_ms", record.executionDuration().map(Duration::toMillis))
        .and("state_transition_count", record.stateTransitionCount())
        .and("memo", record.memo())
        .and("search_attributes", record.searchAttributes().json())
        .and("parent_workflow_id", record.parent().map(RunKey::workflowId))
        .and("parent_run_id", record.parent().map(RunKey::runId))
        .and("version", version)
        .and("deleted_at", null);
  }

  /** What is left of a run of which nothing else is known. */
  static Binds tombstone(RunKey run, long version) {
    return RunMapper.run(run)
        .and("workflow_type", "")
        .and("task_queue", "")
        .and("version", version)
        .and("deleted_at", Duration.ZERO);
  }

  static Binds tags(RunKey run, Tags tags) {
    return VisibilitySql.NEW_TAGS.bind(
        RunMapper.run(run),
        tags.values().entrySet().stream()
            .map(tag -> List.<@Nullable Object>of(tag.getKey(), tag.getValue()))
            .toList());
  }

  static VisibilityRecord record(Row row) throws SQLException {
    RunKey run = RunMapper.key(row);
    return new VisibilityRecord(
        run,
        row.text("workflow_type"),
        row.text("task_queue"),
        WorkflowState.of(row.text("workflow_state")),
        row.optionalText("status"),
        row.instant("start_time"),
        row.instant("execution_time"),
        row.optionalInstant("close_time"),
        row.number("history_length"),
        row.number("state_transition_count"),
        row.json("memo"),
        SearchAttributes.of(row.json("search_attributes")),
        parent(row, run.namespace()));
  }

  private static Optional<RunKey> parent(Row row, NamespaceId namespace) throws SQLException {
    Optional<String> workflowId = row.optionalText("parent_workflow_id");
    Optional<UUID> runId = row.optionalUuid("parent_run_id");
    return workflowId.flatMap(id -> runId.map(run -> new RunKey(namespace, id, run)));
  }
}
