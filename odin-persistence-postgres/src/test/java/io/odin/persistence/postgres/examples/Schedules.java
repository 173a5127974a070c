package io.odin.persistence.postgres.examples;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts the workflows of schedules. Thread-safe. */
public final class Schedules {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final Persistence odin;
  private final Commits commits;
  private final Shards shards;
  private final String host;

  /** Claims due times for a host. */
  public Schedules(Persistence odin, Commits commits, Shards shards, String host) {
    this.odin = odin;
    this.commits = commits;
    this.shards = shards;
    this.host = host;
  }

  // example: schedules
  /** Claims what is due, in all namespaces, and starts a run for each due time. */
  public void startDue() {
    for (DueSchedule due : odin.schedules().claimDue(host, LEASE, 100)) {
      String workflowId = due.workflowId();
      Optional<ShardLease> shard = shards.lease(ShardHash.shardOf(workflowId, odin.shardCount()));
      if (shard.isPresent()) {
        start(due, workflowId, shard.get());
      }
      // Otherwise forward the request to the host that owns the shard; if that does not happen in
      // time, the claim expires, and the due time is claimed again.
    }
  }

  private void start(DueSchedule due, String workflowId, ShardLease shard) {
    RunKey run = RunKey.create(due.schedule().key().namespace(), workflowId);
    try {
      Optional<CommitResult> result =
          commits.send(shard, lease -> Optional.of(transaction(due, run, lease)));
      if (result.flatMap(CommitResult::existing).isPresent()) {
        odin.schedules().advance(due.lease(), DueOutcome.skipped("the workflow is running"));
      }
    } catch (LeaseLostException e) {
      // The claim expired, or the schedule was changed: another scheduler starts the run.
    }
  }

  private static WorkflowTransaction transaction(DueSchedule due, RunKey run, ShardLease shard) {
    ScheduleDefinition schedule = due.schedule().definition();
    RunDefinition definition =
        RunDefinition.builder(schedule.workflowType(), schedule.taskQueue(), Instant.now()).build();
    CreateRun start =
        CreateRun.builder(
                run,
                CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.useExisting()),
                definition,
                RunState.running(Bytes.empty()))
            .build();
    TaskQueue queue = new TaskQueue(run.namespace(), schedule.taskQueue(), TaskType.WORKFLOW);
    return WorkflowTransaction.builder(shard)
        .change(start)
        .enqueue(NewTask.of(queue, run, Json.emptyObject()))
        // The run and the schedule's next due time are written together.
        .advances(due.lease())
        .build();
  }

  /** Records the results of runs that have closed; overlap policies and trimming rely on them. */
  public void recordResults(NamespaceId namespace) {
    for (ScheduleRun pending :
        odin.schedules().pending(namespace, PageRequest.first(100)).items()) {
      RunKey run = pending.run().orElseThrow();
      // The current run of the workflow id: the last one, if the run continued as new.
      odin.executions()
          .findCurrent(run.workflow())
          .map(RunSummary::state)
          .filter(WorkflowState::isClosed)
          .ifPresent(
              state -> odin.schedules().recordResult(run, ScheduleResult.of(state.value()), ""));
    }
  }
  // end of schedules
}
