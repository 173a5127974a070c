package io.odin.persistence.postgres.examples;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.time.Instant;

/** The example in the README. */
final class ReadmeExample {

  private ReadmeExample() {}

  static void startAndComplete(PersistenceConfig config) {
    // example: readme
    try (Persistence odin = Persistence.open(config)) {
      NamespaceId shop = NamespaceId.create();
      odin.namespaces().create(shop, "shop", NamespaceSettings.defaults());

      // Every write to a workflow names the lease of its shard.
      int shard = ShardHash.shardOf("order-12345", odin.shardCount());
      var acquired = (Acquired) odin.shards().acquire(shard, "host-a", Duration.ofSeconds(30));
      ShardLease lease = acquired.lease();

      // A start: the run, its first event and its first task, in one commit.
      RunKey run = RunKey.create(shop, "order-12345");
      TaskQueue queue = new TaskQueue(shop, "orders", TaskType.WORKFLOW);
      Instant now = Instant.now();
      RunDefinition order = RunDefinition.builder("order", "orders", now).build();
      CreateRun start =
          CreateRun.builder(run, CreateMode.brandNew(), order, RunState.running(Bytes.empty()))
              .event(new HistoryEvent(1, "Started", now, Json.of("{\"amount\": 5}")))
              .build();
      NewTask first = NewTask.of(queue, run, Json.emptyObject());
      odin.executions()
          .commit(WorkflowTransaction.builder(lease).change(start).enqueue(first).build());

      // A worker: the result of its task and the completion of the task, in one commit.
      PollRequest poll = PollRequest.of(queue, "worker-1", Duration.ofMinutes(1), 10);
      for (LeasedTask task : odin.taskQueues().poll(poll)) {
        WorkflowExecution stored =
            odin.executions().find(task.task().run()).orElseThrow().execution();
        RunState done = stored.state().toBuilder().closed(WorkflowState.COMPLETED, now).build();
        UpdateRun close =
            UpdateRun.builder(stored.key(), stored.version(), done)
                .event(new HistoryEvent(stored.nextEventId(), "Done", now, Json.emptyObject()))
                .build();
        odin.executions()
            .commit(
                WorkflowTransaction.builder(lease).change(close).completes(task.lease()).build());
      }
      odin.shards().release(lease);
    }
    // end of readme
  }
}
