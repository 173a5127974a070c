package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardAcquisition.HeldByAnother;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.shard.ShardStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which shards the hosts of this process own, and with which lease. Every write to a workflow uses
 * the lease of its shard. Thread-safe.
 */
public final class ShardDirectory {

  /** How long a lease lasts unless it is renewed. */
  public static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

  private static final Duration LONGEST_HANDOVER = Duration.ofSeconds(30);

  private final ShardStore store;
  private final int shardCount;
  private final Counters counters;
  private final Map<Integer, ShardLease> leases = new ConcurrentSkipListMap<>();
  // Locked while ownership changes or is renewed; reading a lease does not need it.
  private final ReentrantLock ownership = new ReentrantLock();
  private final Condition changed = ownership.newCondition();

  /** A directory without shards. */
  public ShardDirectory(ShardStore store, int shardCount, Counters counters) {
    this.store = store;
    this.shardCount = shardCount;
    this.counters = counters;
  }

  /** Acquires free shards for a host, up to a maximum. */
  public void acquire(String host, int maximum) {
    ownership.lock();
    try {
      store
          .acquireAny(host, maximum, TIME_TO_LIVE)
          .forEach(lease -> leases.put(lease.shardId(), lease));
    } finally {
      ownership.unlock();
    }
  }

  /** How many shards this process owns. */
  public int size() {
    return leases.size();
  }

  /** The leases, in the order of the shard ids. */
  public List<ShardLease> all() {
    return List.copyOf(leases.values());
  }

  /** The shard of a workflow. */
  public int shardOf(String workflowId) {
    return ShardHash.shardOf(workflowId, shardCount);
  }

  /** Whether this process owns the shard of a workflow. */
  public boolean ownsShardOf(String workflowId) {
    return leases.containsKey(shardOf(workflowId));
  }

  /** The id, or the id with the first number appended whose shard this process owns. */
  String idHere(String id) {
    String candidate = id;
    for (int number = 2; !ownsShardOf(candidate); number++) {
      candidate = id + "-" + number;
    }
    return candidate;
  }

  /**
   * The id, or the id with the first number appended, whose shard this process owns and which is
   * another one than that, if it owns another one.
   */
  String idElsewhere(String id, int shardId) {
    String candidate = idHere(id);
    for (int number = 2; size() > 1 && shardOf(candidate) == shardId; number++) {
      candidate = idHere(id + "-" + number);
    }
    return candidate;
  }

  ShardLease lease(int shardId) {
    ShardLease lease = leases.get(shardId);
    if (lease == null) {
      throw new IllegalStateException("shard " + shardId + " is not owned by this process");
    }
    return lease;
  }

  /**
   * Waits until this process owns the shard with a later token than the refused one.
   *
   * @throws IllegalStateException if it does not within 30 seconds
   */
  ShardLease awaitSuccessor(ShardLease refused) {
    ownership.lock();
    try {
      long left = LONGEST_HANDOVER.toNanos();
      while (lease(refused.shardId()).fenceToken() <= refused.fenceToken()) {
        if (left <= 0) {
          throw new IllegalStateException(
              "shard "
                  + refused.shardId()
                  + " was lost, and no host of the demo has acquired it again");
        }
        left = changed.awaitNanos(left);
      }
      return lease(refused.shardId());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a shard changed hands", e);
    } finally {
      ownership.unlock();
    }
  }

  /**
   * Hands shards of the other hosts over to a new one, while commits go on.
   *
   * @return the new leases
   */
  public List<ShardLease> handOver(String newHost, int count) {
    List<ShardLease> moved = new ArrayList<>();
    List<ShardLease> all = all();
    for (int i = 0; i < count; i++) {
      ShardLease old = all.get((int) ((long) i * all.size() / count));
      ownership.lock();
      try {
        store.release(lease(old.shardId()));
        moved.add(take(old.shardId(), newHost));
      } finally {
        ownership.unlock();
      }
      counters.add(Count.SHARDS_HANDED_OVER);
    }
    return moved;
  }

  /** Renews every lease. */
  public void renewAll() {
    ownership.lock();
    try {
      Map<Integer, ShardLease> lost = new HashMap<>(leases);
      for (ShardLease renewed : store.renewAll(List.copyOf(lost.values()), TIME_TO_LIVE)) {
        leases.put(renewed.shardId(), renewed);
        lost.remove(renewed.shardId());
      }
      // This process was stopped for longer than the leases last.
      lost.forEach((shardId, lease) -> take(shardId, lease.owner()));
    } finally {
      ownership.unlock();
    }
  }

  private ShardLease take(int shardId, String host) {
    ShardAcquisition acquisition = store.acquire(shardId, host, TIME_TO_LIVE);
    return switch (acquisition) {
      case Acquired(ShardLease lease) -> {
        leases.put(shardId, lease);
        changed.signalAll();
        yield lease;
      }
      case HeldByAnother(var shard) ->
          throw new IllegalStateException(
              "shard "
                  + shardId
                  + " was taken by "
                  + shard.owner().orElse("another owner")
                  + " while the demo ran: run it where no engine is at work");
    };
  }

  /** Releases all shards, also after an interrupt, so that others do not wait for their expiry. */
  public void releaseAll() {
    boolean interrupted = Thread.interrupted();
    ownership.lock();
    try {
      for (ShardLease lease : all()) {
        try {
          store.release(lease);
        } catch (LeaseLostException e) {
          // Another owner has acquired it.
        }
        leases.remove(lease.shardId());
      }
    } finally {
      ownership.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The pause between two renewals. */
  public static Duration renewalInterval() {
    return Duration.ofNanos(TimeUnit.SECONDS.toNanos(TIME_TO_LIVE.toSeconds()) / 3);
  }
}
