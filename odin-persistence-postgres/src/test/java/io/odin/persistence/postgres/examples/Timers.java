package io.odin.persistence.postgres.examples;

import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerStore;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.PageRequest;

/** Fires the timers of owned shards. Thread-safe. */
public final class Timers {

  private final TimerStore store;
  private final Workflows workflows;
  private final Commits commits;

  /** Reads timers from a store and writes by commits. */
  public Timers(TimerStore store, Workflows workflows, Commits commits) {
    this.store = store;
    this.workflows = workflows;
    this.commits = commits;
  }

  // example: timers
  /** Fires what is due in a shard. Call it about once a second for each owned shard. */
  public void fireDue(ShardLease shard) {
    for (WorkflowTimer timer : store.due(shard, PageRequest.first(100)).items()) {
      commits.send(
          shard,
          lease ->
              workflows
                  .open(timer.run())
                  .filter(snapshot -> snapshot.timers().contains(timer))
                  .map(snapshot -> fire(snapshot, timer, lease)));
    }
  }

  private static WorkflowTransaction fire(
      RunSnapshot snapshot, WorkflowTimer timer, ShardLease lease) {
    WorkflowExecution run = snapshot.execution();
    return WorkflowTransaction.builder(lease)
        .change(
            Workflows.append(run, run.state(), "TimerFired")
                .deleteTimer(TimerDelete.fired(timer))
                .build())
        .enqueue(Workflows.workflowTask(run))
        .build();
  }
  // end of timers
}
