package io.odin.persistence.cli.torture;

import io.odin.persistence.cli.torture.Calls.Answer;
import io.odin.persistence.cli.torture.Calls.Answer.Applied;
import io.odin.persistence.cli.torture.Ledger.Verdict;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.shard.ShardStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Owners that compete for a few shards. Thread-safe. */
final class ShardLoad implements Load {

  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(3);

  private final ShardStore store;
  private final Calls calls;
  private final int firstShard;
  private final int shards;
  private final ConcurrentLinkedQueue<Claim> claims = new ConcurrentLinkedQueue<>();

  ShardLoad(ShardStore store, Calls calls, int firstShard, int shards) {
    this.store = store;
    this.calls = calls;
    this.firstShard = firstShard;
    this.shards = shards;
  }

  /** A lease as it was reported to its owner; times by {@link System#nanoTime}. */
  private static final class Claim {
    private final ShardLease lease;
    private final long reported;
    private volatile long validUntil;

    Claim(ShardLease lease, long sent, long reported) {
      this.lease = lease;
      this.reported = reported;
      validUntil = sent + TIME_TO_LIVE.toNanos();
    }
  }

  @Override
  public String name() {
    return "shards";
  }

  @Override
  public void work(int worker, RandomGenerator random) {
    int shard = firstShard + random.nextInt(shards);
    AtomicLong sent = new AtomicLong();
    Answer<ShardAcquisition> answer =
        calls.settle(
            "acquire",
            () -> {
              sent.set(System.nanoTime());
              return store.acquire(shard, "owner-" + worker, TIME_TO_LIVE);
            });
    if (answer instanceof Applied<ShardAcquisition>(Acquired(ShardLease lease))) {
      Claim claim = new Claim(lease, sent.get(), System.nanoTime());
      claims.add(claim);
      if (random.nextInt(3) == 0) {
        renew(claim);
      }
      if (random.nextBoolean()) {
        release(claim);
      }
    }
  }

  private void renew(Claim claim) {
    AtomicLong sent = new AtomicLong();
    Answer<ShardLease> answer =
        calls.settle(
            "renew",
            () -> {
              sent.set(System.nanoTime());
              return store.renew(claim.lease, TIME_TO_LIVE);
            });
    if (answer instanceof Applied<ShardLease>) {
      claim.validUntil = sent.get() + TIME_TO_LIVE.toNanos();
    }
  }

  private void release(Claim claim) {
    claim.validUntil = Math.min(claim.validUntil, System.nanoTime());
    calls.settle(
        "release",
        () -> {
          store.release(claim.lease);
          return claim;
        });
  }

  @Override
  public void audit(Ledger ledger) {
    List<Claim> all = new ArrayList<>(claims);
    all.sort(
        Comparator.comparingInt((Claim claim) -> claim.lease.shardId())
            .thenComparingLong(claim -> claim.lease.fenceToken())
            .thenComparingLong(claim -> claim.reported));
    for (int i = 1; i < all.size(); i++) {
      Claim before = all.get(i - 1);
      Claim after = all.get(i);
      if (before.lease.shardId() == after.lease.shardId()
          && !before.lease.owner().equals(after.lease.owner())) {
        check(before, after, ledger);
      }
    }
  }

  private static void check(Claim before, Claim after, Ledger ledger) {
    if (before.lease.fenceToken() == after.lease.fenceToken()) {
      ledger.found(Verdict.TWO_OWNERS, before.lease + " and " + after.lease);
    } else if (after.reported - before.validUntil < 0) {
      ledger.found(
          Verdict.TWO_OWNERS, after.lease + " was given out while " + before.lease + " was valid");
    }
  }

  @Override
  public String scope() {
    return claims.size() + " leases of shards";
  }
}
