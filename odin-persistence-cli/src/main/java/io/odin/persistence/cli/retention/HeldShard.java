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
 * A shard that this process owns. A background thread renews its lease until this is closed,
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
        // The next renewal may still be in time; if none is, it fails.
      } catch (RuntimeException e) {
        loss = e;
      }
    }
  }

  /**
   * The current lease.
   *
   * @throws RuntimeException the failure of a renewal: a {@link
   *     io.odin.persistence.error.LeaseLostException} if none was in time, or another owner has
   *     acquired the shard
   */
  ShardLease lease() {
    RuntimeException failure = loss;
    if (failure != null) {
      throw failure;
    }
    return lease;
  }

  /** Ends the renewals, after one in progress. The shard is still owned. */
  @Override
  public void close() {
    renewal.cancel(false);
    renewals.close();
  }
}
