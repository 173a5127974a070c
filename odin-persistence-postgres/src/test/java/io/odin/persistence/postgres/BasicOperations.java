package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;

/**
 * What an engine does with every store, once.
 *
 * @param persistence the stores
 */
public record BasicOperations(Persistence persistence) {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final TimerUpsert TIMER =
      new TimerUpsert("timeout", Samples.ENDED, Json.emptyObject());

  private static final NewSignal SIGNAL = NewSignal.create("hurry", Json.emptyObject());

  /**
   * Starts a run that has a task, a timer, a signal and a query, and works on it, until it is
   * closed.
   */
  public RunKey runToItsEnd() {
    NamespaceId namespace = NamespaceId.create();
    persistence
        .namespaces()
        .create(namespace, "namespace-" + namespace, NamespaceSettings.defaults());
    RunKey run = RunKey.create(namespace, "order-12345");
    TaskQueue queue = new TaskQueue(namespace, "orders", TaskType.WORKFLOW);
    NewTask task = NewTask.of(queue, run, Json.emptyObject());

    persistence
        .executions()
        .commit(
            transaction(
                    Samples.create(run, CreateMode.brandNew())
                        .history(Samples.events(1, 2))
                        .timer(TIMER)
                        .build())
                .enqueue(task)
                .build());
    assertThat(persistence.timers().due(shardOf(run), PageRequest.first(10)).items()).hasSize(1);
    persistence.taskQueues().fail(poll(queue).lease(), new TaskFailure("broken", Duration.ZERO, 3));
    LeasedTask leased = poll(queue);
    persistence.signals().put(run.workflow(), SIGNAL);
    QueryKey query =
        persistence
            .queryResults()
            .request(NewQuery.create(run, "status", Json.emptyObject(), LONG));
    persistence.taskQueues().heartbeat(leased.lease(), LONG);
    persistence
        .executions()
        .commit(
            transaction(
                    Samples.update(run, 1)
                        .history(Samples.events(3, 4))
                        .deleteTimer(TimerDelete.cancel("timeout"))
                        .consumeSignal(SIGNAL.signalId())
                        .build())
                .queryCompletion(new QueryCompletion(query, QueryAnswer.error("later")))
                .completes(leased.lease())
                .build());
    persistence
        .executions()
        .commit(
            transaction(
                    UpdateRun.builder(run, 2, Samples.closed(WorkflowState.COMPLETED))
                        .signalsSeen(1)
                        .build())
                .build());

    assertThat(persistence.history().read(run, EventRange.all(), PageRequest.first(10)).items())
        .isEqualTo(Samples.events(1, 4));
    assertThat(persistence.history().validate(run)).isEmpty();
    assertThat(persistence.executions().find(run).orElseThrow().timers()).isEmpty();
    assertThat(persistence.signals().pending(run, PageRequest.first(10)).items()).isEmpty();
    assertThat(persistence.queryResults().find(query).orElseThrow().completion()).isPresent();
    assertThat(persistence.queryResults().expire(10)).isZero();
    return run;
  }

  /** Deletes a closed run. */
  public void delete(RunKey run) {
    persistence.executions().delete(run, shardOf(run));
    assertThat(persistence.executions().find(run)).isEmpty();
  }

  private LeasedTask poll(TaskQueue queue) {
    return persistence.taskQueues().poll(PollRequest.of(queue, "worker-a", LONG, 1)).getFirst();
  }

  private WorkflowTransaction.Builder transaction(RunChange change) {
    return WorkflowTransaction.builder(shardOf(change.key())).change(change);
  }

  private ShardLease shardOf(RunKey run) {
    int shardId = ShardHash.shardOf(run.workflowId(), persistence.shardCount());
    ShardAcquisition acquisition = persistence.shards().acquire(shardId, "engine-a", LONG);
    return ((ShardAcquisition.Acquired) acquisition).lease();
  }
}
