package io.odin.persistence.postgres.examples;

import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.Optional;

/** What every step of an open run needs. Thread-safe. */
public final class Workflows {

  private final ExecutionStore executions;

  /** Reads runs from a store. */
  public Workflows(ExecutionStore executions) {
    this.executions = executions;
  }

  // example: open-run
  /** The run with its timers and signals; empty if it is missing or closed. */
  public Optional<RunSnapshot> open(RunKey run) {
    return executions
        .find(run)
        .filter(snapshot -> !snapshot.execution().state().state().isClosed());
  }

  /** A change of a run by one event; the expected version makes it fail after any other commit. */
  public static UpdateRun.Builder append(WorkflowExecution run, RunState state, String eventType) {
    return UpdateRun.builder(run.key(), run.version(), state)
        .event(new HistoryEvent(run.nextEventId(), eventType, Instant.now(), Json.emptyObject()));
  }

  /** The task that makes a worker replay the run and decide how it continues. */
  public static NewTask workflowTask(WorkflowExecution run) {
    TaskQueue queue =
        new TaskQueue(run.key().namespace(), run.definition().taskQueue(), TaskType.WORKFLOW);
    return NewTask.of(queue, run.key(), Json.emptyObject());
  }
  // end of open-run
}
