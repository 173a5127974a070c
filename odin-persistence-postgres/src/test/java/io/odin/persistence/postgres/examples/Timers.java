package io.odin.persistence.postgres.examples;

import io.odin.persistence.Persistence;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.util.List;
import java.util.Optional;

/** Fires the timers of owned shards. Thread-safe. */
public final class Timers {

  private final Persistence odin;
  private final Workflows workflows;
  private final Commits commits;
  private final Shards shards;

  /** Reads timers from the stores and writes by commits. */
  public Timers(Persistence odin, Workflows workflows, Commits commits, Shards shards) {
    this.odin = odin;
    this.workflows = workflows;
    this.commits = commits;
    this.shards = shards;
  }

  // example: timers
  /** Fires what is due in all owned shards. Call it about once a second. */
  public void fireDue() {
    List<ShardLease> owned = shards.all();
    Optional<PageToken> from = Optional.empty();
    do {
      Page<WorkflowTimer> page = odin.timers().dueOfAll(owned, new PageRequest(100, from));
      page.items().forEach(this::fire);
      from = page.next();
    } while (from.isPresent());
  }

  private void fire(WorkflowTimer timer) {
    int shard = ShardHash.shardOf(timer.run().workflowId(), odin.shardCount());
    // Where the lease was lost meanwhile, the new owner fires.
    shards
        .lease(shard)
        .ifPresent(
            owned ->
                commits.send(
                    owned,
                    lease ->
                        workflows
                            .open(timer.run())
                            .filter(snapshot -> snapshot.timers().contains(timer))
                            .map(snapshot -> fire(snapshot, timer, lease))));
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
