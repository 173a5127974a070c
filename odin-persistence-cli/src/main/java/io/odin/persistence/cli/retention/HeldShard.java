package io.odin.persistence.cli.retention;

import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.shard.ShardStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A shard in the hands of this process. Its lease is renewed in the background until it is closed,
 * however long the work on one run takes. Thread-safe.
 */
final class HeldShard implements AutoCloseable {

  private static final int RENEWALS_A_LEASE = 3;

  private final ShardStore shards;
  private final Duration timeToLive;
  private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> renewal;
  private volatile ShardLease lease;
  private volatile @Nullable RuntimeException loss;

  HeldShard(ShardStore shards, ShardLease lease, Duration timeToLive) {
    this.shards = shards;
    this.lease = lease;
    this.timeToLive = timeToLive;
    long pause = timeToLive.toNanos() / RENEWALS_A_LEASE;
    renewal = renewals.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.NANOSECONDS);
  }

  private void renew() {
    if (loss == null) {
      try {
        lease = shards.renew(lease, timeToLive);
      } catch (UnavailableException | OutcomeUnknownException e) {
        // The next renewal may still come in time; if none does, it will say so.
      } catch (RuntimeException e) {
        loss = e;
      }
    }
  }

  /**
   * The lease as it is now.
   *
   * @throws RuntimeException the failure of a renewal: a {@link
   *     io.odin.persistence.error.LeaseLostException} if none came in time, or another has taken
   *     the shard
   */
  ShardLease lease() {
    RuntimeException failure = loss;
    if (failure != null) {
      throw failure;
    }
    return lease;
  }

  /** Ends the renewals, after one that is under way. The shard is still held. */
  @Override
  public void close() {
    renewal.cancel(false);
    renewals.close();
  }
}
