package io.odin.persistence.postgres.examples;

import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.TaskQueueStore;
import java.time.Instant;

/** Sends signals to runs. Thread-safe. */
public final class Signals {

  private final SignalStore store;
  private final Workflows workflows;
  private final TaskQueueStore tasks;

  /** Writes signals and wakes their runs. */
  public Signals(SignalStore store, Workflows workflows, TaskQueueStore tasks) {
    this.store = store;
    this.workflows = workflows;
    this.tasks = tasks;
  }

  // example: signals
  /** Stores a signal and enqueues a workflow task, so that a worker loads the run and sees it. */
  public void send(WorkflowKey workflow, NewSignal signal) {
    SignalReceipt receipt = store.put(workflow, signal);
    workflows
        .open(receipt.run())
        .map(snapshot -> Workflows.workflowTask(snapshot.execution()))
        .ifPresent(tasks::enqueue);
  }

  /** The commit of a worker: consumes what is pending and closes the run, having seen all of it. */
  public static UpdateRun complete(RunSnapshot snapshot) {
    WorkflowExecution run = snapshot.execution();
    UpdateRun.Builder change =
        Workflows.append(
            run,
            run.state().toBuilder().closed(WorkflowState.COMPLETED, Instant.now()).build(),
            "WorkflowCompleted");
    for (WorkflowSignal signal : snapshot.signals()) {
      change.consumeSignal(signal.signalId());
    }
    return change.signalsSeen(snapshot.signalsSeen()).build();
  }
  // end of signals
}
