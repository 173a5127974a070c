package io.odin.persistence.tck.harness;

import io.odin.persistence.Persistence;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.database.TckDatabase;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Shorthand for scenarios that inject faults and therefore use a dedicated database or dedicated
 * stores: runs and tasks of one namespace.
 *
 * @param persistence the stores
 * @param namespace the namespace of all runs and tasks
 */
public record Workbench(Persistence persistence, NamespaceId namespace) {

  private static final String OWNER = "odin-tck-bench";
  private static final Duration LEASE = Duration.ofMinutes(30);

  /** Creates a workbench in a new namespace. */
  public static Workbench on(Persistence persistence) {
    NamespaceId id = NamespaceId.create();
    persistence.namespaces().create(id, "tck-" + id, NamespaceSettings.defaults());
    return new Workbench(persistence, id);
  }

  /** The key of a run that is not stored. */
  public RunKey newRun() {
    return RunKey.create(namespace, "workflow-" + UUID.randomUUID());
  }

  /** A stored, open, current run with one event, at version 1. */
  public RunKey startedRun() {
    CreateRun run = Samples.create(newRun());
    commit(run);
    return run.key();
  }

  /** The lease of the shard that a workflow id belongs to. */
  public ShardLease shardOf(RunKey run) {
    int shardId = ShardHash.shardOf(run.workflowId(), persistence.shardCount());
    return switch (persistence.shards().acquire(shardId, OWNER, LEASE)) {
      case ShardAcquisition.Acquired acquired -> acquired.lease();
      case ShardAcquisition.HeldByAnother held ->
          throw new IllegalStateException("another owner holds shard " + held.shard());
    };
  }

  /** A transaction to be added to. */
  public WorkflowTransaction.Builder transaction(RunChange... changes) {
    WorkflowTransaction.Builder transaction =
        WorkflowTransaction.builder(shardOf(changes[0].key()));
    for (RunChange change : changes) {
      transaction.change(change);
    }
    return transaction;
  }

  /** Commits changes. */
  public CommitResult commit(RunChange... changes) {
    return persistence.executions().commit(transaction(changes).build());
  }

  /** The stored run. */
  public WorkflowExecution load(RunKey run) {
    return persistence.executions().find(run).orElseThrow().execution();
  }

  /** The lease on the due time of a new schedule, which is the only one that is due. */
  public ScheduleLease dueSchedule(TckDatabase database) {
    ScheduleKey schedule = ScheduleKey.create(namespace);
    persistence
        .schedules()
        .create(NewSchedule.of(schedule, "schedule-" + schedule.scheduleId(), Samples.hourly()));
    database.ageSchedule(schedule, Duration.ofMinutes(90));
    return persistence.schedules().claimDue("scheduler", LEASE, 1).getFirst().lease();
  }

  /** A queue of activities. */
  public TaskQueue queue() {
    return new TaskQueue(namespace, "activities", TaskType.ACTIVITY);
  }

  /** A task that is ready at once. */
  public NewTask task() {
    return NewTask.of(queue(), newRun(), Json.of("{\"do\":\"it\"}"));
  }

  /** Enqueues a task that is ready at once. */
  public TaskKey enqueue() {
    return persistence.taskQueues().enqueue(task());
  }

  /** Polls up to {@code maximum} tasks under long leases. */
  public List<LeasedTask> poll(int maximum) {
    return persistence.taskQueues().poll(PollRequest.of(queue(), "worker", LEASE, maximum));
  }
}
