package io.odin.persistence.postgres.examples;

import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.shard.ShardStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntSupplier;

/** The shards that this host owns. Thread-safe; one thread renews and balances. */
public final class Shards {

  /** How long a lease lasts without a renewal. */
  public static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

  private final ShardStore store;
  private final int shardCount;
  private final String host;
  private final IntSupplier hosts;
  private final Map<Integer, ShardLease> owned = new ConcurrentSkipListMap<>();

  /**
   * Owns no shard yet.
   *
   * @param host unique among all hosts, and new with each start of the process
   * @param hosts how many hosts share the shards at present, as the cluster's membership knows
   */
  public Shards(ShardStore store, int shardCount, String host, IntSupplier hosts) {
    this.store = store;
    this.shardCount = shardCount;
    this.host = host;
    this.hosts = hosts;
  }

  /** The lease of a shard; empty if this host does not own it. */
  public Optional<ShardLease> lease(int shardId) {
    return Optional.ofNullable(owned.get(shardId));
  }

  /** The leases of all owned shards. */
  public List<ShardLease> all() {
    return List.copyOf(owned.values());
  }

  // example: shards
  /** Extends every lease. Call it every third of {@link #TIME_TO_LIVE}. */
  public void renew() {
    List<ShardLease> before = all();
    try {
      store.renewAll(before, TIME_TO_LIVE).forEach(lease -> owned.put(lease.shardId(), lease));
      // What is still as before has expired, or was taken over: the new owner continues its runs.
      before.forEach(lease -> owned.remove(lease.shardId(), lease));
    } catch (UnavailableException | OutcomeUnknownException e) {
      // Two more renewals fit into the lease.
    }
  }

  /** Releases what exceeds this host's share, or acquires free shards up to it. */
  public void balance() {
    int share = Math.ceilDiv(shardCount, hosts.getAsInt());
    all().stream().skip(share).forEach(this::release);
    int missing = share - owned.size();
    if (missing > 0) {
      store
          .acquireAny(host, missing, TIME_TO_LIVE)
          .forEach(lease -> owned.put(lease.shardId(), lease));
    }
  }

  /** Releases all shards, so that other hosts need not wait for the leases to expire. */
  public void releaseAll() {
    all().forEach(this::release);
  }

  private void release(ShardLease lease) {
    owned.remove(lease.shardId());
    try {
      store.release(lease);
    } catch (LeaseLostException e) {
      // Another host has taken the shard over already.
    }
  }
  // end of shards
}
