package io.odin.persistence.sql.execution;

import io.odin.persistence.execution.OpenRunPolicy.TerminateExisting;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.visibility.VisibilityRecord;
import java.util.List;
import java.util.Optional;

/**
 * The end of an open run that another start replaces. Its row and its pointer are already locked.
 *
 * @param current the open run
 * @param nextEventId the id that its last event gets
 * @param how what the start says of it
 * @param visible what lists show of it so far
 */
record Termination(
    RunSummary current,
    long nextEventId,
    TerminateExisting how,
    Optional<VisibilityRecord> visible) {

  RunKey run() {
    return current.key();
  }

  /** The version that the run gets. */
  long version() {
    return current.version() + 1;
  }

  /** What lists are to show of it. */
  Optional<VisibilityRecord> shown() {
    return visible.map(
        record ->
            record.toBuilder()
                .closed(WorkflowState.TERMINATED, how.at())
                .historyLength(nextEventId)
                .stateTransitionCount(record.stateTransitionCount() + 1)
                .build());
  }

  List<HistoryEvent> history() {
    return List.of(new HistoryEvent(nextEventId, how.eventType(), how.at(), how.eventData()));
  }
}
