package io.odin.persistence.postgres.examples;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.Optional;

/** Starts, cancels and ends children, whichever shards they and their parents are in. */
public final class Children {

  private final Persistence odin;
  private final Workflows workflows;
  private final Shards shards;

  /** Delivers to the shards that this host owns. */
  public Children(Persistence odin, Workflows workflows, Shards shards) {
    this.odin = odin;
    this.workflows = workflows;
    this.shards = shards;
  }

  // example: outbox
  /** What one run has to say to another one. */
  public enum Message {
    START,
    CANCEL,
    END
  }

  /** The queue of the messages to a workflow. The host that owns the shard polls it. */
  public TaskQueue outbox(WorkflowKey receiver, Message message) {
    int shard = ShardHash.shardOf(receiver.workflowId(), odin.shardCount());
    return new TaskQueue(receiver.namespace(), message + "-" + shard, TaskType.ACTIVITY);
  }

  /** The child that an event of its parent starts: derived, so that it is the same each time. */
  public static WorkflowKey child(RunKey parent, long initiatedEventId) {
    return new WorkflowKey(
        parent.namespace(), parent.workflowId() + "/" + parent.runId() + "/" + initiatedEventId);
  }

  /** The commit of a parent that starts a child. */
  public WorkflowTransaction start(RunSnapshot parent, ShardLease shard) {
    WorkflowExecution run = parent.execution();
    TaskQueue outbox = outbox(child(run.key(), run.nextEventId()), Message.START);
    return WorkflowTransaction.builder(shard)
        .change(Workflows.append(run, run.state(), "ChildInitiated").build())
        .enqueue(message(outbox, run.key(), run.nextEventId()))
        .build();
  }

  /** The commit of a parent that cancels a child. */
  public WorkflowTransaction cancel(RunSnapshot parent, long initiatedEventId, ShardLease shard) {
    WorkflowExecution run = parent.execution();
    TaskQueue outbox = outbox(child(run.key(), initiatedEventId), Message.CANCEL);
    return WorkflowTransaction.builder(shard)
        .change(Workflows.append(run, run.state(), "ChildCancelRequested").build())
        .enqueue(message(outbox, run.key(), initiatedEventId))
        .build();
  }

  /** The commit that ends a child. */
  public WorkflowTransaction end(RunSnapshot child, ShardLease shard) {
    RunKey key = child.execution().key();
    ParentLink link = child.execution().definition().parent().orElseThrow();
    RunKey parent = new RunKey(key.namespace(), link.workflowId(), link.runId());
    return WorkflowTransaction.builder(shard)
        .change(Signals.complete(child))
        .enqueue(message(outbox(parent.workflow(), Message.END), parent, link.initiatedEventId()))
        .build();
  }

  private static NewTask message(TaskQueue outbox, RunKey parent, long initiatedEventId) {
    return NewTask.of(outbox, parent, Json.of(Long.toString(initiatedEventId)));
  }

  // end of outbox

  // example: delivery
  /** Starts the child. The run and the end of the task are one commit. */
  public void deliverStart(LeasedTask task) {
    RunKey parent = task.task().run();
    long initiatedEventId = initiated(task);
    WorkflowKey child = child(parent, initiatedEventId);
    RunDefinition definition =
        RunDefinition.builder("shipment", "shipments", Instant.now())
            .parent(new ParentLink(parent.workflowId(), parent.runId(), initiatedEventId))
            .startRequestId(parent.runId() + "/" + initiatedEventId)
            .build();
    CreateRun create =
        CreateRun.builder(
                RunKey.create(child.namespace(), child.workflowId()),
                CreateMode.byPolicy(IdReusePolicy.REJECT_DUPLICATE, OpenRunPolicy.fail()),
                definition,
                RunState.running(Bytes.empty()))
            .build();
    CommitResult result =
        odin.executions()
            .commit(
                WorkflowTransaction.builder(owned(child))
                    .change(create)
                    .completes(task.lease())
                    .build());
    if (!result.isApplied()) {
      // The same message has started it before.
      odin.taskQueues().complete(task.lease());
    }
  }

  /** Cancels the child by a signal, whose id makes it arrive once. */
  public void deliverCancel(LeasedTask task) {
    RunKey parent = task.task().run();
    String id = "cancel/" + parent.runId() + "/" + initiated(task);
    try {
      odin.signals()
          .put(child(parent, initiated(task)), new NewSignal(id, "cancel", Json.emptyObject()));
    } catch (CurrentRunConflictException e) {
      if (e.current().isEmpty()) {
        // Not started yet: the worker fails the task, so that it is delivered again.
        throw e;
      }
      // The child has ended.
    }
    odin.taskQueues().complete(task.lease());
  }

  /**
   * Reports the end of the child to its parent. The event and the end of the task are one commit.
   */
  public void deliverEnd(LeasedTask task) {
    Optional<WorkflowExecution> parent =
        workflows.open(task.task().run()).map(RunSnapshot::execution);
    if (parent.isEmpty()) {
      // It does not wait for its child any more.
      odin.taskQueues().complete(task.lease());
      return;
    }
    WorkflowExecution run = parent.get();
    odin.executions()
        .commit(
            WorkflowTransaction.builder(owned(run.key().workflow()))
                .change(Workflows.append(run, run.state(), "ChildCompleted").build())
                .enqueue(Workflows.workflowTask(run))
                .completes(task.lease())
                .build());
  }

  private static long initiated(LeasedTask task) {
    return Long.parseLong(task.task().data().asJson().text());
  }

  private ShardLease owned(WorkflowKey workflow) {
    return shards
        .lease(ShardHash.shardOf(workflow.workflowId(), odin.shardCount()))
        .orElseThrow(() -> new IllegalStateException("another host owns the shard now"));
  }
  // end of delivery
}
