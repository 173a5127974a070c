package io.odin.persistence.postgres.examples;

import io.odin.persistence.Persistence;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.LeasedTask;
import java.util.Optional;

/** Handles workflow tasks: a run waits for a signal and then completes. Thread-safe. */
public final class WorkflowTasks implements Worker.Handler {

  private final Persistence odin;
  private final Workflows workflows;
  private final Commits commits;
  private final Shards shards;

  /** Commits in the shards that this host owns. */
  public WorkflowTasks(Persistence odin, Workflows workflows, Commits commits, Shards shards) {
    this.odin = odin;
    this.workflows = workflows;
    this.commits = commits;
    this.shards = shards;
  }

  // example: workflow-task
  /** One step of a run: what the workflow decides, and the completion of its task. */
  @Override
  public void handle(LeasedTask task) {
    RunKey run = task.task().run();
    Optional<ShardLease> shard =
        shards.lease(ShardHash.shardOf(run.workflowId(), odin.shardCount()));
    if (shard.isEmpty()) {
      throw new IllegalStateException("forward the step to the host that owns the shard");
    }
    Optional<CommitResult> result =
        commits.send(
            shard.get(),
            lease ->
                workflows
                    .open(run)
                    .map(
                        snapshot ->
                            WorkflowTransaction.builder(lease)
                                .change(decide(snapshot))
                                .completes(task.lease())
                                .build()));
    if (result.isEmpty()) {
      // The run has closed since the task was enqueued.
      odin.taskQueues().complete(task.lease());
    }
  }

  private static UpdateRun decide(RunSnapshot snapshot) {
    WorkflowExecution run = snapshot.execution();
    return snapshot.signals().isEmpty()
        ? Workflows.append(run, run.state(), "Waiting").build()
        : Signals.complete(snapshot);
  }
  // end of workflow-task
}
