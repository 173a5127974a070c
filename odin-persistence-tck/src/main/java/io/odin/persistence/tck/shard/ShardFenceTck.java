package io.odin.persistence.tck.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.Shard;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.database.Fault;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fencing: a former owner of a shard writes nothing, and commits do not starve its owner. */
public abstract class ShardFenceTck extends StoreTck {

  /** For backends. */
  protected ShardFenceTck() {}

  private RunKey newRunIn(int shardId) {
    return RunKey.create(namespace(), newWorkflowIdIn(shardId));
  }

  private CommitResult create(Persistence in, ShardLease lease) {
    return in.executions()
        .commit(transaction(lease, Samples.create(newRunIn(lease.shardId()))).build());
  }

  @Test
  @Scenario("SH-16")
  void commit_withAnOldToken_writesNothing() {
    ShardLease old = acquired(newShard(), "A", SHORT);
    awaitExpiry(old);
    ShardLease newOwner = acquired(old.shardId(), "B", LONG);
    Map<String, Long> before = database().rowCounts(namespace());

    ShardOwnershipLostException thrown =
        thrownBy(ShardOwnershipLostException.class, () -> create(persistence(), old));

    assertThat(thrown.shardId()).isEqualTo(old.shardId());
    assertThat(thrown.expectedToken()).isEqualTo(old.fenceToken());
    assertThat(thrown.actualToken()).isEqualTo(newOwner.fenceToken());
    assertThat(thrown.owner()).contains("B");
    assertThat(database().rowCounts(namespace())).isEqualTo(before);
  }

  @Test
  @Scenario("SH-16")
  void commit_afterRelease_writesNothing() {
    ShardLease released = acquired(newShard(), "A", LONG);
    persistence().shards().release(released);
    Map<String, Long> before = database().rowCounts(namespace());

    thrownBy(ShardOwnershipLostException.class, () -> create(persistence(), released));

    assertThat(database().rowCounts(namespace())).isEqualTo(before);
  }

  @Test
  @Scenario("SH-17")
  void commit_afterExpiryWithoutATakeOver_writesNothing() {
    ShardLease old = acquired(newShard(), "A", SHORT);
    awaitExpiry(old);
    Map<String, Long> before = database().rowCounts(namespace());

    ShardOwnershipLostException thrown =
        thrownBy(ShardOwnershipLostException.class, () -> create(persistence(), old));

    assertThat(thrown.actualToken()).isEqualTo(old.fenceToken());
    assertThat(database().rowCounts(namespace())).isEqualTo(before);
  }

  @Test
  @Scenario("SH-17")
  void commit_withALeaseSinceRenewed_isApplied() {
    ShardLease first = acquired(newShard(), "A", SHORT);
    persistence().shards().renew(first, LONG);
    await().until(() -> databaseNow().isAfter(first.expiresAt()));

    assertThat(create(persistence(), first).isApplied()).isTrue();
  }

  @Test
  @Scenario("SH-18")
  void acquire_duringACommit_isNeverFollowedByThatCommit() {
    Duration timeToLive = Duration.ofSeconds(2);
    int shardId = newShard();
    RunKey run = newRunIn(shardId);
    Persistence owner = reopened(settings -> settings.lockTimeout(Duration.ofSeconds(20)));
    Persistence newOwner = reopened(settings -> settings.lockTimeout(Duration.ofSeconds(20)));
    ShardLease held = acquired(shardId, "A", timeToLive);
    owner.executions().commit(transaction(held, Samples.create(run)).build());

    Fault lock = closedAfterwards(database().holdRun(run));
    Future<CommitResult> commit =
        Concurrently.start(
            () ->
                owner
                    .executions()
                    .commit(transaction(held, Samples.update(run, 1).build()).build()));
    await().until(() -> commit.isDone() || database().waitingForLocks() >= 1);
    Future<Long> versionSeenByNewOwner = Concurrently.start(takeOver(newOwner, run, shardId));
    await().until(() -> versionSeenByNewOwner.isDone() || database().waitingForLocks() >= 2);
    lock.close();

    long seen = Concurrently.resultOf(versionSeenByNewOwner);
    boolean applied = succeeded(commit);
    long version = versionOf(persistence(), run);
    assertThat(version).as("the run's version after B has acquired the shard").isEqualTo(seen);
    assertThat(version).isEqualTo(applied ? 2 : 1);
  }

  private static Callable<Long> takeOver(Persistence newOwner, RunKey run, int shardId) {
    return () -> {
      await()
          .until(
              () ->
                  newOwner.shards().acquire(shardId, "B", LONG)
                      instanceof ShardAcquisition.Acquired);
      return versionOf(newOwner, run);
    };
  }

  private static long versionOf(Persistence in, RunKey run) {
    return in.executions().find(run).orElseThrow().execution().version();
  }

  private static boolean succeeded(Future<CommitResult> commit) {
    try {
      return Concurrently.resultOf(commit).isApplied();
    } catch (ShardOwnershipLostException e) {
      return false;
    }
  }

  @Test
  @Scenario("SH-19")
  void renew_whileManyCommit_isQuick() {
    Duration timeToLive = Duration.ofSeconds(6);
    int renewals = 20;
    int shardId = newShard();
    Persistence committers = reopened(settings -> settings.maximumPoolSize(16));
    Persistence owner = reopened(settings -> settings.maximumPoolSize(1));
    ShardLease lease = acquired(owner, shardId, "A", timeToLive);
    AtomicBoolean done = new AtomicBoolean();
    Future<List<Integer>> load = commitsUntil(done, committers, lease);
    List<Duration> took = new ArrayList<>();

    try {
      await()
          .pollInterval(Duration.ofMillis(250))
          .until(
              () -> {
                long start = System.nanoTime();
                ShardLease renewed = owner.shards().renew(lease, timeToLive);
                took.add(Duration.ofNanos(System.nanoTime() - start));
                assertThat(renewed.fenceToken()).isEqualTo(lease.fenceToken());
                return took.size() == renewals;
              });
    } finally {
      done.set(true);
    }

    assertThat(Concurrently.resultOf(load)).as("commits per thread").doesNotContain(0);
    assertThat(took).allSatisfy(each -> assertThat(each).isLessThan(timeToLive.dividedBy(10)));
  }

  @Test
  @Scenario("SH-20")
  void acquire_whileTheFormerOwnerCommits_succeedsSoonAfterExpiry() {
    Duration timeToLive = Duration.ofSeconds(2);
    int shardId = newShard();
    Persistence formerOwner = reopened(settings -> settings.maximumPoolSize(16));
    ShardLease lease = acquired(shardId, "A", timeToLive);
    AtomicBoolean done = new AtomicBoolean();
    Future<List<Integer>> load = commitsUntil(done, formerOwner, lease);
    long[] lastRefusal = {System.nanoTime()};

    try {
      await()
          .until(
              () -> {
                if (persistence().shards().acquire(shardId, "B", LONG)
                    instanceof ShardAcquisition.Acquired) {
                  return true;
                }
                lastRefusal[0] = System.nanoTime();
                return false;
              });
    } finally {
      done.set(true);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - lastRefusal[0]))
        .isLessThan(timeToLive.dividedBy(2));
    Concurrently.resultOf(load);
    Shard shard = persistence().shards().find(shardId).orElseThrow();
    assertThat(shard.owner()).contains("B");
    assertThat(shard.fenceToken()).isEqualTo(lease.fenceToken() + 1);
  }

  /**
   * Commits from sixteen threads on one shard, regardless of their outcomes; returns the number of
   * applied commits of each thread.
   */
  private Future<List<Integer>> commitsUntil(
      AtomicBoolean done, Persistence through, ShardLease lease) {
    List<RunKey> runs =
        IntStream.range(0, Concurrently.COMPETITORS)
            .mapToObj(i -> newRunIn(lease.shardId()))
            .toList();
    return Concurrently.start(
        () ->
            Concurrently.run(
                    Concurrently.COMPETITORS, i -> commits(done, through, lease, runs.get(i)))
                .allSucceeded());
  }

  private static int commits(
      AtomicBoolean done, Persistence through, ShardLease lease, RunKey run) {
    int version = 0;
    while (!done.get()) {
      try {
        through
            .executions()
            .commit(
                transaction(
                        lease,
                        version == 0 ? Samples.create(run) : Samples.update(run, version).build())
                    .build());
        version++;
      } catch (PersistenceException e) {
        // After the take-over every commit is refused, and the thread continues.
        Thread.onSpinWait();
      }
    }
    return version;
  }
}
