package io.odin.persistence.tck.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LeaseLostException.Reason;
import io.odin.persistence.shard.Shard;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Scenario;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Renewals of leases on shards. */
public abstract class ShardRenewalTck extends AbstractShardTck {

  /** For backends. */
  protected ShardRenewalTck() {}

  @Test
  @Scenario("SH-10")
  void renew_countsFromTheDatabasesNow() {
    ShardLease held = acquired(newShard(), "A", MINUTE);

    Instant before = databaseNow();
    ShardLease renewed = store().renew(held, LONG);
    Instant after = databaseNow();

    assertThat(renewed.fenceToken()).isEqualTo(held.fenceToken());
    assertThat(renewed.expiresAt()).isBetween(before.plus(LONG), after.plus(LONG));
    Shard shard = found(held.shardId());
    assertThat(shard.leaseExpiresAt()).contains(renewed.expiresAt());
    assertThat(shard.lastHeartbeat().orElseThrow()).isBetween(before, after);
    assertThat(shard.acquiredAt().orElseThrow()).isBefore(before);
  }

  @Test
  @Scenario("SH-11")
  void renew_whenTakenOver_isRefused() {
    ShardLease old = expired(newShard());
    ShardLease taken = acquired(old.shardId(), "B", LONG);

    LeaseLostException thrown = thrownBy(LeaseLostException.class, () -> store().renew(old, LONG));

    assertThat(thrown.reason()).isEqualTo(Reason.TAKEN_OVER);
    assertThat(found(old.shardId()).owner()).contains("B");
    assertThat(found(old.shardId()).leaseExpiresAt()).contains(taken.expiresAt());
  }

  @Test
  @Scenario("SH-12")
  void renew_whenExpiredAndNotTakenOver_isRefused() {
    ShardLease old = expired(newShard());

    LeaseLostException thrown = thrownBy(LeaseLostException.class, () -> store().renew(old, LONG));

    assertThat(thrown.reason()).isEqualTo(Reason.EXPIRED);
    assertThat(found(old.shardId()).leaseExpiresAt()).contains(old.expiresAt());
  }

  @Test
  @Scenario("SH-13")
  void renew_whenReleased_isRefused() {
    ShardLease held = acquired(newShard(), "A", LONG);
    store().release(held);

    LeaseLostException thrown = thrownBy(LeaseLostException.class, () -> store().renew(held, LONG));

    assertThat(thrown.reason()).isEqualTo(Reason.GONE);
    assertThat(found(held.shardId()).owner()).isEmpty();
  }

  @Test
  @Scenario("SH-27")
  void renewAll_extendsWhatIsLive() {
    ShardLease first = acquired(newShard(), "A", MINUTE);
    ShardLease second = acquired(newShard(), "B", MINUTE);
    ShardLease expired = expired(newShard());
    ShardLease takenOver = expired(newShard());
    ShardLease taken = acquired(takenOver.shardId(), "C", MINUTE);
    ShardLease released = acquired(newShard(), "A", MINUTE);
    store().release(released);

    Instant before = databaseNow();
    List<ShardLease> renewed =
        store().renewAll(List.of(released, second, expired, takenOver, first), LONG);
    Instant after = databaseNow();

    assertThat(renewed)
        .isSortedAccordingTo(Comparator.comparingInt(ShardLease::shardId))
        .allSatisfy(
            lease -> assertThat(lease.expiresAt()).isBetween(before.plus(LONG), after.plus(LONG)))
        .extracting(ShardLease::shardId, ShardLease::owner, ShardLease::fenceToken)
        .containsExactlyInAnyOrder(
            tuple(first.shardId(), "A", first.fenceToken()),
            tuple(second.shardId(), "B", second.fenceToken()));
    assertThat(found(first.shardId()).leaseExpiresAt()).contains(lease(renewed, first));
    assertThat(found(first.shardId()).lastHeartbeat().orElseThrow()).isBetween(before, after);
    assertThat(found(expired.shardId()).leaseExpiresAt()).contains(expired.expiresAt());
    assertThat(found(taken.shardId()).leaseExpiresAt()).contains(taken.expiresAt());
    assertThat(found(released.shardId()).owner()).isEmpty();
    assertThat(store().renewAll(List.of(), LONG)).isEmpty();
    assertThat(store().renewAll(List.of(expired), LONG)).isEmpty();
  }

  private static Instant lease(List<ShardLease> leases, ShardLease wanted) {
    return leases.stream()
        .filter(lease -> lease.shardId() == wanted.shardId())
        .map(ShardLease::expiresAt)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Scenario("SH-27")
  void renewAll_bySeveralOwnersAtOnce_losesNone() {
    List<List<ShardLease>> owners =
        IntStream.range(0, 4)
            .mapToObj(
                owner ->
                    IntStream.range(0, 5)
                        .mapToObj(i -> acquired(newShard(), "owner-" + owner, MINUTE))
                        .toList())
            .toList();

    Concurrently.run(
            Concurrently.COMPETITORS,
            i -> {
              List<ShardLease> mine = owners.get(i % owners.size());
              for (int round = 0; round < 20; round++) {
                assertThat(store().renewAll(mine, LONG)).hasSize(mine.size());
              }
              return i;
            })
        .allSucceeded();
  }
}
