package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.OperationObserver.Operation;
import io.odin.persistence.Persistence;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.database.CommitPart;
import io.odin.persistence.tck.database.Fault;
import io.odin.persistence.tck.database.WriteFailure;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.tck.harness.Workbench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Deadlocks, locks that are not granted, an exhausted pool, and killed connections. */
public abstract class TransactionTck extends StoreTck {

  private static final Duration PROMPTLY = Duration.ofSeconds(10);

  /** How many times two threads change the same two runs, in opposite orders. */
  private static final int ROUNDS = 500;

  /** For backends. */
  protected TransactionTck() {}

  private WorkflowExecution load(RunKey run) {
    return persistence().executions().find(run).orElseThrow().execution();
  }

  private static UnavailableException unavailable(Reason reason, Supplier<?> call) {
    long start = System.nanoTime();
    UnavailableException failure = thrownBy(UnavailableException.class, call::get);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(failure.retry()).isEqualTo(Retry.SAME_REQUEST);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
    return failure;
  }

  @Test
  @Scenario("TX-04")
  void commit_ofTwoRunsInEitherOrder_causesNoDeadlock() {
    int pairs = Concurrently.COMPETITORS / 2;
    int rounds = Math.ceilDiv(ROUNDS, pairs);
    List<List<RunKey>> runs = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      runs.add(twoRunsOfOneShard());
    }

    Concurrently.run(
            Concurrently.COMPETITORS,
            i -> {
              List<RunKey> pair = runs.get(i / 2);
              List<RunKey> order = i % 2 == 0 ? pair : pair.reversed();
              ShardLease shard = acquireShardFor(pair.getFirst().workflowId());
              for (int round = 0; round < rounds; round++) {
                updateBoth(shard, order);
              }
              return i;
            })
        .allSucceeded();

    for (List<RunKey> pair : runs) {
      assertThat(load(pair.getFirst()).version()).isEqualTo(1 + 2 * rounds);
      assertThat(load(pair.getLast()).version()).isEqualTo(1 + 2 * rounds);
    }
  }

  private List<RunKey> twoRunsOfOneShard() {
    RunKey one = startedRun();
    int shard = ShardHash.shardOf(one.workflowId(), persistence().shardCount());
    RunKey other = RunKey.create(namespace(), newWorkflowIdIn(shard));
    commit(Samples.create(other));
    return List.of(one, other);
  }

  private void updateBoth(ShardLease shard, List<RunKey> runs) {
    while (true) {
      RunChange[] changes =
          runs.stream()
              .map(this::load)
              .map(seen -> Samples.update(seen.key(), seen.version()).build())
              .toArray(RunChange[]::new);
      try {
        persistence().executions().commit(transaction(shard, changes).build());
        return;
      } catch (VersionConflictException conflict) {
        // Another commit was first: read and decide again, as the exception advises.
      }
    }
  }

  @Test
  @Scenario("TX-05")
  void commit_whenDeadlocksContinue_failsAfterSomeAttempts() {
    ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();
    OpenDatabase own = freshDatabase(settings -> settings.observer(operations::add));
    Workbench bench = Workbench.on(own.persistence());
    RunKey run = bench.startedRun();
    WorkflowTransaction transaction = bench.transaction(Samples.update(run, 1).build()).build();
    operations.clear();

    own.database()
        .failWrites(CommitPart.EXECUTION, WriteFailure.DEADLOCK)
        .during(
            () ->
                unavailable(
                    Reason.DEADLOCK, () -> own.persistence().executions().commit(transaction)));

    assertThat(operations)
        .singleElement()
        .extracting(Operation::attempts)
        .matches(n -> n > 1 && n < 100);
    assertThat(bench.load(run).version()).isEqualTo(1);
    assertThat(own.persistence().executions().commit(transaction).isApplied()).isTrue();
    assertThat(bench.load(run).version()).isEqualTo(2);
  }

  @Test
  @Scenario("TX-05")
  void commit_whenADeadlockIsTemporary_succeeds() {
    OpenDatabase own = freshDatabase();
    Workbench bench = Workbench.on(own.persistence());
    RunKey run = bench.startedRun();
    WorkflowTransaction transaction =
        bench.transaction(Samples.update(run, 1).event(Samples.event(2)).build()).build();

    CommitResult result =
        own.database()
            .failWrites(CommitPart.EXECUTION, WriteFailure.DEADLOCK, 2)
            .during(() -> own.persistence().executions().commit(transaction));

    assertThat(result).isEqualTo(CommitResult.applied(transaction));
    assertThat(bench.load(run).version()).isEqualTo(2);
    assertThat(own.persistence().history().size(run).count()).isEqualTo(2);
  }

  @Test
  @Scenario("TX-06")
  void commit_whenTheRunIsLockedElsewhere_failsInTime() {
    RunKey run = startedRun();
    Persistence impatient = reopened(settings -> settings.lockTimeout(Duration.ofMillis(300)));
    WorkflowTransaction transaction = transaction(Samples.update(run, 1).build()).build();

    database()
        .holdRun(run)
        .during(
            () ->
                unavailable(Reason.LOCK_TIMEOUT, () -> impatient.executions().commit(transaction)));

    assertThat(load(run).version()).isEqualTo(1);
    assertThat(impatient.executions().commit(transaction).isApplied()).isTrue();
  }

  @Test
  @Scenario("TX-07")
  void everyCall_whenAllConnectionsAreHeld_failsInTimeAndThenRecovers() {
    RunKey run = startedRun();
    Persistence small =
        reopened(
            settings ->
                settings
                    .maximumPoolSize(2)
                    .connectionTimeout(Duration.ofMillis(300))
                    .lockTimeout(Duration.ofSeconds(30)));
    List<Future<CommitResult>> holders = new ArrayList<>();
    Fault lock = closedAfterwards(database().holdRun(run));
    for (int i = 0; i < 2; i++) {
      WorkflowTransaction transaction = transaction(Samples.update(run, 1).build()).build();
      holders.add(Concurrently.start(() -> small.executions().commit(transaction)));
    }
    await().until(() -> database().waitingForLocks() >= 2);

    unavailable(Reason.POOL_EXHAUSTED, () -> small.executions().find(run));
    unavailable(Reason.POOL_EXHAUSTED, () -> small.namespaces().find(namespace()));

    lock.close();
    AtomicInteger applied = new AtomicInteger();
    for (Future<CommitResult> holder : holders) {
      try {
        Concurrently.resultOf(holder);
        applied.incrementAndGet();
      } catch (VersionConflictException conflict) {
        // The other holder was first.
      }
    }
    assertThat(applied).hasValue(1);
    assertThat(small.executions().find(run).orElseThrow().execution().version()).isEqualTo(2);
  }

  @Test
  @Scenario("TX-08")
  void everyCall_afterIdleConnectionsWereKilled_succeeds() {
    OpenDatabase own = freshDatabase();
    Workbench bench = Workbench.on(own.persistence());
    RunKey run = bench.startedRun();
    WorkflowTransaction transaction = bench.transaction(Samples.update(run, 1).build()).build();

    own.database().killConnections();
    assertThat(bench.load(run).version()).isEqualTo(1);
    own.database().killConnections();
    assertThat(own.persistence().executions().commit(transaction).isApplied()).isTrue();
    own.database().killConnections();
    bench.enqueue();
    assertThat(own.persistence().taskQueues().depth(bench.queue()).ready()).isEqualTo(1);
    own.database().killConnections();
    bench.enqueue();
    own.database().killConnections();
    assertThat(bench.poll(10)).hasSize(2);

    assertThat(bench.load(run).version()).isEqualTo(2);
  }

  @Test
  @Scenario("TX-08")
  void commit_whenItsConnectionIsKilled_isAppliedOnceOrNotAtAll() {
    OpenDatabase own = freshDatabase();
    Workbench bench = Workbench.on(own.persistence());
    RunKey run = bench.startedRun();
    WorkflowTransaction transaction =
        bench.transaction(Samples.update(run, 1).event(Samples.event(2)).build()).build();
    Fault lock = closedAfterwards(own.database().holdRun(run));

    Future<CommitResult> commit =
        Concurrently.start(() -> own.persistence().executions().commit(transaction));
    await().until(() -> own.database().waitingForLocks() >= 1);
    own.database().killConnections();
    lock.close();
    try {
      assertThat(Concurrently.resultOf(commit).isApplied()).isTrue();
    } catch (UnavailableException e) {
      assertThat(e.reason()).isEqualTo(Reason.CONNECTION);
      assertThat(bench.load(run).version()).isEqualTo(1);
    } catch (OutcomeUnknownException e) {
      // The connection of the second attempt was killed too: sending it again settles it.
      assertThat(e.commitId()).contains(transaction.commitId());
    }

    assertThat(own.persistence().executions().commit(transaction).isApplied()).isTrue();
    assertThat(bench.load(run).version()).isEqualTo(2);
    assertThat(own.persistence().history().size(run).count()).isEqualTo(2);
  }
}
