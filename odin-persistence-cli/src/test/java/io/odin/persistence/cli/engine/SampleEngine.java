package io.odin.persistence.cli.engine;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.EventRange;
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
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;

/**
 * The smallest engine there is: starts a run, takes its task, completes both, and prints what is
 * stored then. It is compiled against the API alone.
 */
final class SampleEngine {

  private SampleEngine() {}

  /**
   * Runs it.
   *
   * @param args the JDBC URL, the user and the password
   */
  public static void main(String[] args) {
    PersistenceConfig config =
        PersistenceConfig.builder(args[0]).credentials(args[1], args[2]).build();
    Persistence.schemaOf(config).migrate();
    try (Persistence odin = Persistence.open(config)) {
      System.out.println("on " + odin.backend());
      NamespaceId shop = NamespaceId.create();
      odin.namespaces().create(shop, "shop", NamespaceSettings.defaults());
      int shard = ShardHash.shardOf("order-12345", odin.shardCount());
      Acquired acquired = (Acquired) odin.shards().acquire(shard, "host-a", Duration.ofMinutes(1));
      TaskQueue queue = new TaskQueue(shop, "orders", TaskType.WORKFLOW);
      RunKey run = RunKey.create(shop, "order-12345");

      start(odin, acquired.lease(), run, queue);
      PollRequest poll = PollRequest.of(queue, "worker-1", Duration.ofMinutes(1), 10);
      for (LeasedTask task : odin.taskQueues().poll(poll)) {
        complete(odin, acquired.lease(), task);
      }
      print(odin, run, queue);
      odin.shards().release(acquired.lease());
    }
  }

  private static void start(Persistence odin, ShardLease lease, RunKey run, TaskQueue queue) {
    Instant now = Instant.now();
    CreateRun start =
        CreateRun.builder(
                run,
                CreateMode.brandNew(),
                RunDefinition.builder("order", queue.name(), now).build(),
                RunState.running(Bytes.empty()))
            .event(new HistoryEvent(1, "Started", now, Json.of("{\"amount\": 5}")))
            .build();
    NewTask first = NewTask.of(queue, run, Json.of("{\"step\": \"ship\"}"));
    odin.executions()
        .commit(WorkflowTransaction.builder(lease).change(start).enqueue(first).build());
  }

  private static void complete(Persistence odin, ShardLease lease, LeasedTask task) {
    WorkflowExecution stored = odin.executions().find(task.task().run()).orElseThrow().execution();
    Instant now = Instant.now();
    RunState done = stored.state().toBuilder().closed(WorkflowState.COMPLETED, now).build();
    UpdateRun close =
        UpdateRun.builder(stored.key(), stored.version(), done)
            .event(new HistoryEvent(stored.nextEventId(), "Done", now, task.task().data()))
            .build();
    odin.executions()
        .commit(WorkflowTransaction.builder(lease).change(close).completes(task.lease()).build());
  }

  private static void print(Persistence odin, RunKey run, TaskQueue queue) {
    WorkflowExecution stored = odin.executions().find(run).orElseThrow().execution();
    System.out.printf(
        "%s %s, version %d%n", run.workflowId(), stored.state().state().value(), stored.version());
    odin.history()
        .read(run, EventRange.all(), PageRequest.first(10))
        .items()
        .forEach(
            event ->
                System.out.printf(
                    "event %d %s %s%n",
                    event.eventId(), event.eventType(), event.data().asJson().canonicalText()));
    System.out.println("tasks left " + odin.taskQueues().depth(queue).ready());
  }
}
