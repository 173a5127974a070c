package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.run.WorkflowExecutionsTable.COMPLETED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.NEXT_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.SIGNAL_SEQUENCE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.STARTED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.TASK_QUEUE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.VERSION;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_TYPE;

import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.visibility.VisibilityRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a change of a run, and its visibility record, must agree with.
 *
 * @param version the version of the run
 * @param state the state
 * @param nextEventId the id that the next event gets
 * @param signals how many signals the run has received
 * @param workflowType the type
 * @param taskQueue the queue of its tasks
 * @param startedAt the start
 * @param completedAt the end
 */
public record Position(
    long version,
    WorkflowState state,
    long nextEventId,
    long signals,
    String workflowType,
    String taskQueue,
    Instant startedAt,
    Optional<Instant> completedAt) {

  static Position of(Row row) throws SQLException {
    return new Position(
        row.get(VERSION),
        WorkflowState.of(row.get(WORKFLOW_STATE)),
        row.get(NEXT_EVENT_ID),
        row.get(SIGNAL_SEQUENCE),
        row.get(WORKFLOW_TYPE),
        row.get(TASK_QUEUE),
        row.get(STARTED_AT),
        row.optional(COMPLETED_AT));
  }

  /** What a record says of the run that is not so at any version; empty if it agrees. */
  Optional<String> contradictionOf(VisibilityRecord record) {
    return record.contradiction(workflowType, taskQueue, startedAt);
  }

  /**
   * What a record says of the run that is not so; empty if it agrees, or shows an earlier state of
   * the run.
   *
   * @param shown the version of the run that the record shows
   */
  public Optional<String> contradictionOf(VisibilityRecord record, long shown) {
    return contradictionOf(record)
        .or(() -> shown < version ? Optional.empty() : record.contradiction(state, completedAt));
  }
}
