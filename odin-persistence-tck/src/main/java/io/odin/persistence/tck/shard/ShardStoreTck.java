package io.odin.persistence.tck.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LeaseLostException.Reason;
import io.odin.persistence.error.SchemaMismatchException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.Shard;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.shard.ShardStore;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Leases of shards; {@link ShardFenceTck} covers commits under them. */
public abstract class ShardStoreTck extends AbstractShardTck {

  /** For backends. */
  protected ShardStoreTck() {}

  @Test
  @Scenario("SH-01")
  void migrate_createsUnownedShards() {
    Persistence fresh = freshDatabase(settings -> settings.shardCount(512)).persistence();

    List<Shard> shards = allPages(100, fresh.shards()::list);

    assertThat(fresh.shardCount()).isEqualTo(512);
    assertThat(shards)
        .extracting(Shard::shardId)
        .isEqualTo(IntStream.range(0, 512).boxed().toList());
    assertThat(shards)
        .allSatisfy(
            shard -> {
              assertThat(shard.owner()).isEmpty();
              assertThat(shard.leaseExpiresAt()).isEmpty();
              assertThat(shard.fenceToken()).isZero();
            });
  }

  @Test
  @Scenario("SH-02")
  void initialize_again_changesNothing() {
    int shardId = newShard();
    acquired(shardId, "A", LONG);
    Shard before = found(shardId);

    store().initialize(persistence().shardCount());

    assertThat(found(shardId)).isEqualTo(before);
    assertThat(allPages(1000, store()::list)).hasSize(persistence().shardCount());
  }

  @Test
  @Scenario("SH-03")
  void initialize_withAnotherCount_isRefused() {
    SchemaMismatchException thrown =
        thrownBy(SchemaMismatchException.class, () -> store().initialize(1024));

    assertThat(thrown.actual()).contains("512");
    assertThat(thrown.expected()).contains("1024");
    assertThat(allPages(1000, store()::list)).hasSize(512);
  }

  @Test
  @Scenario("SH-03")
  void open_withAnotherCount_isRefused() {
    thrownBy(SchemaMismatchException.class, () -> reopened(settings -> settings.shardCount(1024)));
  }

  @Test
  @Scenario("SH-04")
  void acquire_whenFree_countsFromTheDatabasesNow() {
    int shardId = newShard();

    Instant before = databaseNow();
    ShardLease lease = acquired(shardId, "A", MINUTE);
    Instant after = databaseNow();

    assertThat(lease.shardId()).isEqualTo(shardId);
    assertThat(lease.owner()).isEqualTo("A");
    assertThat(lease.fenceToken()).isEqualTo(1);
    assertThat(lease.expiresAt()).isBetween(before.plus(MINUTE), after.plus(MINUTE));
    Shard shard = found(shardId);
    assertThat(shard.owner()).contains("A");
    assertThat(shard.fenceToken()).isEqualTo(1);
    assertThat(shard.leaseExpiresAt()).contains(lease.expiresAt());
    assertThat(shard.acquiredAt().orElseThrow()).isBetween(before, after);
    assertThat(shard.lastHeartbeat().orElseThrow()).isBetween(before, after);
  }

  @Test
  @Scenario("SH-05")
  void acquire_whenHeldByAnother_returnsThatLease() {
    ShardLease held = acquired(newShard(), "A", LONG);

    ShardAcquisition answer = store().acquire(held.shardId(), "B", LONG);

    assertThat(answer).isInstanceOf(ShardAcquisition.HeldByAnother.class);
    Shard shown = ((ShardAcquisition.HeldByAnother) answer).shard();
    assertThat(shown).isEqualTo(found(held.shardId()));
    assertThat(shown.owner()).contains("A");
    assertThat(shown.fenceToken()).isEqualTo(held.fenceToken());
    assertThat(shown.leaseExpiresAt()).contains(held.expiresAt());
  }

  @Test
  @Scenario("SH-06")
  void acquire_whenHeldByTheSameOwner_renews() {
    ShardLease held = acquired(newShard(), "A", MINUTE);

    ShardLease again = acquired(held.shardId(), "A", LONG);

    assertThat(again.fenceToken()).isEqualTo(held.fenceToken());
    assertThat(again.expiresAt()).isAfter(held.expiresAt());
    assertThat(found(held.shardId()).leaseExpiresAt()).contains(again.expiresAt());
  }

  @Test
  @Scenario("SH-07")
  void acquire_whenExpired_raisesTheToken() {
    ShardLease old = expired(newShard());

    ShardLease taken = acquired(old.shardId(), "B", LONG);

    assertThat(taken.fenceToken()).isEqualTo(old.fenceToken() + 1);
    assertThat(found(old.shardId()).owner()).contains("B");
  }

  @Test
  @Scenario("SH-07")
  void acquire_whenOwnLeaseExpired_raisesTheToken() {
    ShardLease old = expired(newShard());

    assertThat(acquired(old.shardId(), "A", LONG).fenceToken()).isEqualTo(old.fenceToken() + 1);
  }

  @Test
  @Scenario("SH-08")
  void acquire_concurrentlyWhenFree_succeedsOnce() {
    assertThat(winner(newShard()).fenceToken()).isEqualTo(1);
  }

  @Test
  @Scenario("SH-09")
  void acquire_concurrentlyWhenExpired_succeedsOnce() {
    ShardLease old = expired(newShard());

    assertThat(winner(old.shardId()).fenceToken()).isEqualTo(old.fenceToken() + 1);
  }

  private ShardLease winner(int shardId) {
    List<ShardAcquisition> answers =
        Concurrently.run(
                Concurrently.COMPETITORS, i -> store().acquire(shardId, "owner-" + i, LONG))
            .allSucceeded();

    List<ShardLease> leases =
        answers.stream()
            .filter(ShardAcquisition.Acquired.class::isInstance)
            .map(answer -> ((ShardAcquisition.Acquired) answer).lease())
            .toList();
    assertThat(leases).hasSize(1);
    ShardLease winner = leases.getFirst();
    assertThat(answers)
        .filteredOn(ShardAcquisition.HeldByAnother.class::isInstance)
        .hasSize(Concurrently.COMPETITORS - 1)
        .allSatisfy(
            answer ->
                assertThat(((ShardAcquisition.HeldByAnother) answer).shard().owner())
                    .contains(winner.owner()));
    assertThat(found(shardId).fenceToken()).isEqualTo(winner.fenceToken());
    return winner;
  }

  @Test
  @Scenario("SH-13")
  void release_freesTheShardAndKeepsTheToken() {
    ShardLease held = acquired(newShard(), "A", LONG);

    store().release(held);
    store().release(held);

    Shard shard = found(held.shardId());
    assertThat(shard.owner()).isEmpty();
    assertThat(shard.leaseExpiresAt()).isEmpty();
    assertThat(shard.fenceToken()).isEqualTo(held.fenceToken());
    assertThat(store().listOwned("A"))
        .extracting(ShardLease::shardId)
        .doesNotContain(held.shardId());
    assertThat(acquired(held.shardId(), "B", LONG).fenceToken()).isEqualTo(held.fenceToken() + 1);
  }

  @Test
  @Scenario("SH-14")
  void release_whenTakenOver_changesNothing() {
    ShardLease old = expired(newShard());
    acquired(old.shardId(), "B", LONG);
    Shard before = found(old.shardId());

    LeaseLostException thrown = thrownBy(LeaseLostException.class, () -> store().release(old));

    assertThat(thrown.reason()).isEqualTo(Reason.TAKEN_OVER);
    assertThat(found(old.shardId())).isEqualTo(before);
  }

  @Test
  @Scenario("SH-15")
  void fenceToken_overManyOwners_risesByOneEach() {
    int shardId = newShard();
    Duration moment = Duration.ofMillis(1);

    for (int round = 1; round <= 50; round++) {
      long token = 2L * round;
      ShardLease released = acquired(shardId, "A", LONG);
      assertThat(released.fenceToken()).isEqualTo(token - 1);
      store().release(released);
      ShardLease expiring = acquired(shardId, "B", moment);
      assertThat(expiring.fenceToken()).isEqualTo(token);
      awaitExpiry(expiring);
    }
  }

  @Test
  @Scenario("SH-21")
  void list_includesUnownedShards() {
    Persistence fresh = freshDatabase().persistence();
    for (int shardId : new int[] {1, 4, 6}) {
      acquired(fresh, shardId, "A", LONG);
    }
    ShardLease old = acquired(fresh, 7, "A", SHORT);
    awaitExpiry(fresh, old);
    acquired(fresh, 2, "B", LONG);

    List<Shard> all = allPages(3, fresh.shards()::list);

    assertThat(all).extracting(Shard::shardId).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(all).filteredOn(shard -> shard.owner().isEmpty()).hasSize(3);
    assertThat(fresh.shards().listOwned("A"))
        .extracting(ShardLease::shardId)
        .containsExactly(1, 4, 6);
    assertThat(fresh.shards().listOwned("another-owner")).isEmpty();
  }

  @Test
  @Scenario("SH-22")
  void reclaimExpired_clearsOwnersWithinItsLimit() {
    Persistence fresh = freshDatabase().persistence();
    List<ShardLease> old =
        IntStream.range(0, 5).mapToObj(i -> acquired(fresh, i, "A", SHORT)).toList();
    acquired(fresh, 6, "A", LONG);
    Shard live = fresh.shards().find(6).orElseThrow();
    old.forEach(lease -> awaitExpiry(fresh, lease));

    assertThat(fresh.shards().reclaimExpired(3)).isEqualTo(3);
    assertThat(fresh.shards().reclaimExpired(3)).isEqualTo(2);
    assertThat(fresh.shards().reclaimExpired(3)).isZero();

    assertThat(fresh.shards().find(6)).contains(live);
    assertThat(allPages(10, fresh.shards()::list))
        .filteredOn(shard -> shard.shardId() < 5)
        .allSatisfy(
            shard -> {
              assertThat(shard.owner()).isEmpty();
              assertThat(shard.fenceToken()).isEqualTo(1);
            });
    assertThat(acquired(fresh, 0, "B", LONG).fenceToken()).isEqualTo(2);
    thrownBy(InvalidRequestException.class, () -> fresh.shards().reclaimExpired(0));
    thrownBy(InvalidRequestException.class, () -> fresh.shards().reclaimExpired(1001));
  }

  @Test
  @Scenario("SH-24")
  void acquireAny_acquiresFreeAndExpiredShardsOnly() {
    Persistence fresh = freshDatabase().persistence();
    acquired(fresh, 0, "A", LONG);
    awaitExpiry(fresh, acquired(fresh, 1, "A", SHORT));

    List<ShardLease> first = fresh.shards().acquireAny("B", 3, LONG);
    List<ShardLease> rest = fresh.shards().acquireAny("B", 100, LONG);

    assertThat(first).hasSize(3).isSortedAccordingTo((a, b) -> a.shardId() - b.shardId());
    assertThat(Stream.concat(first.stream(), rest.stream()).map(ShardLease::shardId))
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
    assertThat(Stream.concat(first.stream(), rest.stream()))
        .allSatisfy(
            lease -> assertThat(lease.fenceToken()).isEqualTo(lease.shardId() == 1 ? 2 : 1));
    assertThat(fresh.shards().acquireAny("C", 8, LONG)).isEmpty();
    assertThat(fresh.shards().listOwned("B")).hasSize(7);
  }

  @Test
  @Scenario("SH-24")
  void acquireAny_concurrently_givesEachShardOnce() {
    Persistence fresh = freshDatabase().persistence();

    List<ShardLease> leases =
        Concurrently.run(
                Concurrently.COMPETITORS, i -> fresh.shards().acquireAny("owner-" + i, 3, LONG))
            .allSucceeded()
            .stream()
            .flatMap(List::stream)
            .toList();

    assertThat(leases).extracting(ShardLease::shardId).doesNotHaveDuplicates();
    assertThat(leases).allSatisfy(lease -> assertThat(lease.fenceToken()).isEqualTo(1));
  }

  @Test
  @Scenario("SH-25")
  void bumpAllTokens_endsEveryLease() {
    OpenDatabase fresh = freshDatabase();
    ShardStore shards = fresh.persistence().shards();
    ShardLease held = acquired(fresh.persistence(), 3, "A", LONG);
    Map<String, Long> before = fresh.database().rowCounts(namespace());

    assertThat(shards.bumpAllTokens()).isEqualTo(8);

    assertThat(allPages(10, shards::list))
        .allSatisfy(
            shard -> {
              assertThat(shard.fenceToken()).isEqualTo(shard.shardId() == 3 ? 2 : 1);
            });
    assertThat(shards.listOwned("A")).isEmpty();
    thrownBy(LeaseLostException.class, () -> shards.renew(held, LONG));
    thrownBy(
        ShardOwnershipLostException.class,
        () ->
            fresh
                .persistence()
                .executions()
                .commit(transaction(held, Samples.create(runIn(held.shardId(), 8))).build()));
    assertThat(fresh.database().rowCounts(namespace())).isEqualTo(before);
    assertThat(acquired(fresh.persistence(), 3, "B", LONG).fenceToken()).isEqualTo(3);
  }

  private RunKey runIn(int shardId, int shardCount) {
    return RunKey.create(namespace(), newWorkflowIdIn(shardId, shardCount));
  }

  @Test
  @Scenario("SH-26")
  void everyMethod_withAnUnknownShardOrNoTime_isRefused() {
    ShardStore shards = store();
    int count = persistence().shardCount();
    for (int unknown : new int[] {-1, count, Integer.MAX_VALUE}) {
      thrownBy(InvalidRequestException.class, () -> shards.acquire(unknown, "A", LONG));
    }
    assertThat(shards.find(count)).isEmpty();
    ShardLease held = acquired(newShard(), "A", LONG);
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      thrownBy(InvalidRequestException.class, () -> shards.acquire(held.shardId(), "A", none));
      thrownBy(InvalidRequestException.class, () -> shards.acquireAny("A", 1, none));
      thrownBy(InvalidRequestException.class, () -> shards.renew(held, none));
      thrownBy(InvalidRequestException.class, () -> shards.renewAll(List.of(held), none));
    }
    thrownBy(InvalidRequestException.class, () -> shards.renewAll(List.of(held, held), LONG));
    assertThat(found(held.shardId()).leaseExpiresAt()).contains(held.expiresAt());
  }
}
