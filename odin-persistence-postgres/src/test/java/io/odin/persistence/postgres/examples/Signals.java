package io.odin.persistence.postgres.examples;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.SignalReceipt.Arrival;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.TaskQueueStore;
import java.time.Instant;

/** Sends signals to runs. Thread-safe. */
public final class Signals {

  private final ExecutionStore executions;
  private final SignalStore store;
  private final Workflows workflows;
  private final TaskQueueStore tasks;

  /** Writes signals and wakes their runs. */
  public Signals(
      ExecutionStore executions, SignalStore store, Workflows workflows, TaskQueueStore tasks) {
    this.executions = executions;
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

  // example: signals-and-runs
  /** Starts a workflow with a signal, or sends the signal to the run that is open. */
  public SignalReceipt startWith(NewSignal signal, CreateRun.Builder start, ShardLease shard) {
    CreateRun run = start.signal(signal).build();
    try {
      executions.commit(WorkflowTransaction.builder(shard).change(run).build());
      return new SignalReceipt(run.key(), 1, Arrival.FIRST);
    } catch (CurrentRunConflictException e) {
      return store.put(run.key().workflow(), signal);
    } catch (AlreadyExistsException e) {
      // Sent again, after the run that has received it was closed.
      return e.existing(SignalReceipt.class);
    }
  }

  /** Continues as new. The next run receives the signals that this one has not consumed. */
  public static WorkflowTransaction continueAsNew(
      RunSnapshot snapshot, RunState stateOfNext, ShardLease shard) {
    WorkflowExecution run = snapshot.execution();
    RunKey next = RunKey.create(run.key().namespace(), run.key().workflowId());
    RunDefinition definition =
        RunDefinition.builder(
                run.definition().workflowType(), run.definition().taskQueue(), Instant.now())
            .build();
    UpdateRun close =
        Workflows.append(
                run,
                run.state().toBuilder()
                    .closed(WorkflowState.CONTINUED_AS_NEW, Instant.now())
                    .build(),
                "WorkflowContinuedAsNew")
            .carrySignalsTo(next)
            .build();
    CreateRun create =
        CreateRun.builder(
                next, CreateMode.replaceClosed(run.key().runId()), definition, stateOfNext)
            .build();
    return WorkflowTransaction.builder(shard).change(close).change(create).build();
  }
  // end of signals-and-runs
}
