package io.odin.persistence.tck.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.PersistenceClosedException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.RunFilter;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.namespace.NamespaceFilter;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.database.CommitPart;
import io.odin.persistence.tck.database.Fault;
import io.odin.persistence.tck.database.Isolation;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.tck.harness.Workbench;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Outages, interrupts, closing, the server's defaults, and clocks. */
public abstract class SessionTck extends StoreTck {

  /** For backends. */
  protected SessionTck() {}

  private TaskQueue queue() {
    return new TaskQueue(namespace(), "orders", TaskType.ACTIVITY);
  }

  @Test
  @Scenario("TQ-31")
  void poll_whenItsConnectionIsKilledBeforeTheCommit_leavesTheTaskReady() {
    OpenDatabase own = freshDatabase();
    Workbench bench = Workbench.on(own.persistence());
    bench.enqueue();
    Fault stall = closedAfterwards(own.database().stallWrites(CommitPart.TASKS));

    Future<List<LeasedTask>> poll = Concurrently.start(() -> bench.poll(1));
    await().until(() -> own.database().waitingForLocks() >= 1);
    own.database().killConnections();
    stall.close();
    List<LeasedTask> delivered;
    try {
      delivered = Concurrently.resultOf(poll);
    } catch (UnavailableException e) {
      assertThat(e.reason()).isEqualTo(Reason.CONNECTION);
      delivered = bench.poll(1);
    }

    assertThat(delivered).singleElement().extracting("lease.attempt").isEqualTo(1);
  }

  @Test
  @Scenario("TQ-32")
  void poll_whenTheDatabaseIsDown_failsInsteadOfReturningNothing() {
    OpenDatabase own = freshDatabase(settings -> settings.connectionTimeout(Duration.ofSeconds(1)));
    Workbench bench = Workbench.on(own.persistence());
    RunKey run = bench.startedRun();
    bench.enqueue();

    own.database()
        .outage()
        .during(
            () -> {
              assertUnreachable(() -> bench.poll(1));
              assertUnreachable(() -> bench.load(run));
              return assertUnreachable(bench::enqueue);
            });

    await()
        .ignoreExceptionsInstanceOf(UnavailableException.class)
        .until(() -> bench.poll(1).size() == 1);
  }

  /** The first call may find its connection closed, later calls find no server. */
  private static UnavailableException assertUnreachable(ThrowingCallable call) {
    UnavailableException failure = thrownBy(UnavailableException.class, call);
    assertThat(failure.reason()).isEqualTo(Reason.CONNECTION);
    return failure;
  }

  @Test
  @Scenario("TX-11")
  void poll_whenInterruptedWhileItWaits_keepsTheFlagAndLeaksNoConnection() {
    RunKey run = startedRun();
    Persistence single =
        reopened(settings -> settings.maximumPoolSize(1).lockTimeout(Duration.ofSeconds(30)));
    WorkflowTransaction transaction = transaction(Samples.update(run, 1).build()).build();
    Fault lock = closedAfterwards(database().holdRun(run));
    Future<CommitResult> holder = Concurrently.start(() -> single.executions().commit(transaction));
    await().until(() -> database().waitingForLocks() >= 1);

    AtomicReference<Thread> waiter = new AtomicReference<>();
    AtomicBoolean flagKept = new AtomicBoolean();
    Future<List<LeasedTask>> poll =
        Concurrently.start(
            () -> {
              waiter.set(Thread.currentThread());
              try {
                return single.taskQueues().poll(PollRequest.of(queue(), "worker-a", LONG, 1));
              } finally {
                flagKept.set(Thread.currentThread().isInterrupted());
              }
            });
    await().until(() -> waiter.get() != null && waiter.get().getState() != Thread.State.RUNNABLE);
    waiter.get().interrupt();
    thrownBy(PersistenceException.class, () -> Concurrently.resultOf(poll));

    assertThat(flagKept).isTrue();
    lock.close();
    assertThat(Concurrently.resultOf(holder).isApplied()).isTrue();
    assertThat(single.executions().find(run)).isPresent();
  }

  @Test
  @Scenario("TX-11")
  void poll_onAnInterruptedThread_keepsTheFlagAndLeaksNoConnection() {
    Persistence single = reopened(settings -> settings.maximumPoolSize(1));
    PollRequest request = PollRequest.of(queue(), "worker-a", LONG, 1);

    for (int i = 0; i < 5; i++) {
      Thread.currentThread().interrupt();
      try {
        assertThat(single.taskQueues().poll(request)).isEmpty();
      } catch (PersistenceException refused) {
        // A backend may refuse calls of an interrupted thread.
      }
      assertThat(Thread.interrupted()).as("the flag").isTrue();
    }

    assertThat(single.taskQueues().poll(request)).isEmpty();
  }

  @Test
  @Scenario("TX-12")
  void everyCall_afterClose_isRefused() {
    RunKey run = startedRun();
    ShardLease shard = acquireShardFor(run.workflowId());
    TaskKey task = persistence().taskQueues().enqueue(NewTask.of(queue(), run, Json.emptyObject()));
    Persistence closed = reopened(settings -> settings);
    PageRequest page = PageRequest.first(10);

    closed.close();
    closed.close();

    List<ThrowingCallable> calls =
        List.of(
            () -> closed.namespaces().find(namespace()),
            () -> closed.namespaces().list(NamespaceFilter.ALL, page),
            () -> closed.shards().acquire(shard.shardId(), shard.owner(), LONG),
            () -> closed.shards().renew(shard, LONG),
            () -> closed.shards().list(page),
            () -> closed.executions().commit(transaction(Samples.update(run, 1).build()).build()),
            () -> closed.executions().find(run),
            () -> closed.executions().findCurrent(run.workflow()),
            () -> closed.executions().listByShard(shard.shardId(), RunFilter.ALL, page),
            () -> closed.executions().delete(run, shard),
            () -> closed.history().read(run, EventRange.all(), page),
            () -> closed.history().size(run),
            () -> closed.taskQueues().enqueue(NewTask.of(queue(), run, Json.emptyObject())),
            () -> closed.taskQueues().poll(PollRequest.of(queue(), "worker-a", LONG, 1)),
            () -> closed.taskQueues().pollAny(List.of(queue()), "worker-a", LONG, 1),
            () -> closed.taskQueues().nextReady(List.of(queue())),
            () -> closed.taskQueues().subscribe(List.of(queue())),
            () -> closed.taskQueues().depth(queue()),
            () -> closed.taskQueues().redrive(List.of(task)),
            () -> closed.timers().due(shard, page),
            () -> closed.timers().dueOfAll(List.of(shard), page),
            () -> closed.check());
    assertThat(calls).allSatisfy(call -> thrownBy(PersistenceClosedException.class, call));
    assertThat(persistence().executions().find(run).orElseThrow().execution().version())
        .isEqualTo(1);
  }

  @Test
  @Scenario("TX-13")
  void everyCall_whenTheServersDefaultIsolationIsHigher_worksAsUsual() {
    OpenDatabase own = freshDatabase();
    for (Isolation isolation : Isolation.values()) {
      own.database()
          .isolateByDefault(isolation)
          .during(
              () -> {
                try (Persistence reopened = provider().open(own.config())) {
                  return basics(Workbench.on(reopened));
                }
              });
    }
  }

  /** Operations that fail if a snapshot lasts for a whole transaction. */
  private static int basics(Workbench bench) {
    RunKey run = bench.startedRun();
    int each = 10;
    List<Integer> delivered =
        Concurrently.run(
                8,
                i -> {
                  int tasks = 0;
                  for (int round = 0; round < each; round++) {
                    addOneEvent(bench, run);
                    bench.enqueue();
                    tasks += bench.poll(1).size();
                  }
                  return tasks;
                })
            .allSucceeded();
    assertThat(bench.load(run).version()).isEqualTo(1 + 8 * each);
    int left = bench.poll(1000).size();
    assertThat(delivered.stream().mapToInt(Integer::intValue).sum() + left).isEqualTo(8 * each);
    return left;
  }

  private static void addOneEvent(Workbench bench, RunKey run) {
    while (true) {
      WorkflowExecution seen = bench.load(run);
      try {
        bench.commit(
            Samples.update(run, seen.version()).event(Samples.event(seen.nextEventId())).build());
        return;
      } catch (VersionConflictException conflict) {
        // Another commit was first: read and decide again, as the exception advises.
      }
    }
  }

  /**
   * The clock of this process cannot be changed while it runs. Instead, callers pass leases with
   * wrong instants: only the lease in the database counts, and every expiry is computed from the
   * database's clock.
   */
  @Test
  @Scenario("TX-15")
  void leases_whenTheCallersInstantsAreWrong_remainValid() {
    for (Duration skew : List.of(Duration.ofMinutes(-10), Duration.ofMinutes(10))) {
      RunKey run = startedRun();
      ShardLease shard = acquireShardFor(run.workflowId());
      ShardLease skewedShard =
          new ShardLease(
              shard.shardId(), shard.owner(), shard.fenceToken(), database().now().plus(skew));
      WorkflowTransaction transaction =
          transaction(skewedShard, Samples.update(run, 1).build()).build();
      persistence().taskQueues().enqueue(NewTask.of(queue(), run, Json.emptyObject()));
      Instant before = database().now();
      TaskLease lease =
          persistence()
              .taskQueues()
              .poll(PollRequest.of(queue(), "worker-a", Duration.ofMinutes(1), 1))
              .getFirst()
              .lease();

      assertThat(lease.expiresAt())
          .isBetween(before.plusSeconds(60), database().now().plusSeconds(60));
      assertThat(persistence().executions().commit(transaction).isApplied()).isTrue();
      before = database().now();
      assertThat(persistence().shards().renew(skewedShard, LONG).expiresAt())
          .isBetween(before.plus(LONG), database().now().plus(LONG));
      assertThat(persistence().taskQueues().heartbeat(skewed(lease, skew), LONG).expiresAt())
          .isBetween(before.plus(LONG), database().now().plus(LONG));
      persistence().taskQueues().complete(skewed(lease, skew));
      assertThat(persistence().taskQueues().depth(queue()).leased()).isZero();
    }
  }

  private TaskLease skewed(TaskLease lease, Duration skew) {
    return new TaskLease(
        lease.task(),
        lease.leaseId(),
        lease.worker(),
        lease.attempt(),
        database().now().plus(skew));
  }
}
