package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.CLOSE_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.DELETED_AT;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.EXECUTION_DURATION_MS;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.EXECUTION_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.HISTORY_LENGTH;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.MEMO;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.PARENT_RUN_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.PARENT_WORKFLOW_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.SEARCH_ATTRIBUTES;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.START_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.STATE_TRANSITION_COUNT;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.STATUS;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.TASK_QUEUE;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.VERSION;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_TYPE;
import static io.odin.persistence.sql.visibility.WorkflowTagsTable.TAG_KEY;
import static io.odin.persistence.sql.visibility.WorkflowTagsTable.TAG_VALUE;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** How visibility records and tags are bound and read. */
final class VisibilityMapper {

  private VisibilityMapper() {}

  static Binds record(VisibilityRecord record, long version) {
    return RunMapper.run(record.run())
        .and(WORKFLOW_TYPE, record.workflowType())
        .and(TASK_QUEUE, record.taskQueue())
        .and(WORKFLOW_STATE, record.state().value())
        .and(STATUS, record.status())
        .and(START_TIME, record.startTime())
        .and(EXECUTION_TIME, record.executionTime())
        .and(CLOSE_TIME, record.closeTime())
        .and(HISTORY_LENGTH, record.historyLength())
        .and(EXECUTION_DURATION_MS, record.executionDuration().map(Duration::toMillis))
        .and(STATE_TRANSITION_COUNT, record.stateTransitionCount())
        .and(MEMO, record.memo())
        .and(SEARCH_ATTRIBUTES, record.searchAttributes().json())
        .and(PARENT_WORKFLOW_ID, record.parent().map(RunKey::workflowId))
        .and(PARENT_RUN_ID, record.parent().map(RunKey::runId))
        .and(VERSION, version)
        .andNull(DELETED_AT);
  }

  /** What is left of a run of which nothing else is known. */
  static Binds tombstone(RunKey run, long version) {
    return RunMapper.run(run)
        .and(WORKFLOW_TYPE, "")
        .and(TASK_QUEUE, "")
        .and(VERSION, version)
        .andFromNow(DELETED_AT, Duration.ZERO);
  }

  static Binds tags(RunKey run, Tags tags) {
    return VisibilitySql.NEW_TAGS.bind(
        RunMapper.run(run),
        tags.values().entrySet().stream()
            .map(tag -> Binds.of(TAG_KEY, tag.getKey()).and(TAG_VALUE, tag.getValue()))
            .toList());
  }

  static VisibilityRecord record(Row row) throws SQLException {
    RunKey run = RunMapper.key(row);
    return new VisibilityRecord(
        run,
        row.get(WORKFLOW_TYPE),
        row.get(TASK_QUEUE),
        WorkflowState.of(row.get(WORKFLOW_STATE)),
        row.optional(STATUS),
        row.get(START_TIME),
        row.get(EXECUTION_TIME),
        row.optional(CLOSE_TIME),
        row.get(HISTORY_LENGTH),
        row.get(STATE_TRANSITION_COUNT),
        row.get(MEMO),
        SearchAttributes.stored(row.get(SEARCH_ATTRIBUTES)),
        parent(row, run.namespace()));
  }

  private static Optional<RunKey> parent(Row row, NamespaceId namespace) throws SQLException {
    Optional<String> workflowId = row.optional(PARENT_WORKFLOW_ID);
    Optional<UUID> runId = row.optional(PARENT_RUN_ID);
    return workflowId.flatMap(id -> runId.map(run -> new RunKey(namespace, id, run)));
  }
}
