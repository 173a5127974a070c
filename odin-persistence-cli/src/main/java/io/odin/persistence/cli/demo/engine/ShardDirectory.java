package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardAcquisition.HeldByAnother;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.shard.ShardStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which shards the hosts of this process hold, and under which lease. Everything that is written
 * for a workflow goes through the lease of its shard. Thread-safe.
 */
public final class ShardDirectory {

  public static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

  private static final Duration LONGEST_HANDOVER = Duration.ofSeconds(30);

  private final ShardStore store;
  private final int shardCount;
  private final Tally tally;
  private final Map<Integer, ShardLease> leases = new ConcurrentSkipListMap<>();
  // Held while ownership changes or is renewed; readers of leases do without.
  private final ReentrantLock ownership = new ReentrantLock();
  private final Condition changed = ownership.newCondition();

  public ShardDirectory(ShardStore store, int shardCount, Tally tally) {
    this.store = store;
    this.shardCount = shardCount;
    this.tally = tally;
  }

  /** Takes up to so many free shards for a host. */
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

  public int size() {
    return leases.size();
  }

  public List<ShardLease> all() {
    return List.copyOf(leases.values());
  }

  public int shardOf(String workflowId) {
    return ShardHash.shardOf(workflowId, shardCount);
  }

  public boolean holds(int shardId) {
    return leases.containsKey(shardId);
  }

  /** That id, or the first with a number behind it that is of a shard held by this process. */
  String idHere(String id) {
    String candidate = id;
    for (int number = 2; !holds(shardOf(candidate)); number++) {
      candidate = id + "-" + number;
    }
    return candidate;
  }

  ShardLease lease(int shardId) {
    ShardLease lease = leases.get(shardId);
    if (lease == null) {
      throw new IllegalStateException("shard " + shardId + " is not held by this process");
    }
    return lease;
  }

  /**
   * Waits until the shard is held under another token than the one that was refused.
   *
   * @throws IllegalStateException if that takes too long
   */
  ShardLease awaitSuccessor(ShardLease refused) {
    ownership.lock();
    try {
      long left = LONGEST_HANDOVER.toNanos();
      while (lease(refused.shardId()).fenceToken() <= refused.fenceToken()) {
        if (left <= 0) {
          throw new IllegalStateException(
              "shard " + refused.shardId() + " was lost and no host of the demo got it back");
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
   * Gives some shards of each other host to a new one, while commits go on.
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
      tally.add(Count.SHARDS_HANDED_OVER);
    }
    return moved;
  }

  /** Renews every lease, one by one. */
  public void renewAll() {
    for (int shardId : List.copyOf(leases.keySet())) {
      ownership.lock();
      try {
        ShardLease lease = lease(shardId);
        try {
          leases.put(shardId, store.renew(lease, TIME_TO_LIVE));
        } catch (LeaseLostException e) {
          // This process was stopped for longer than the lease lasts: begin anew, unless another
          // has taken over.
          take(shardId, lease.owner());
        }
      } finally {
        ownership.unlock();
      }
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

  /** Gives all shards up, also after an interrupt: they are of use to others. */
  public void releaseAll() {
    boolean interrupted = Thread.interrupted();
    ownership.lock();
    try {
      for (ShardLease lease : all()) {
        try {
          store.release(lease);
        } catch (LeaseLostException e) {
          // Another has it by now, which is what a release is for.
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

  /** How long to wait between two renewals. */
  public static Duration renewalInterval() {
    return Duration.ofNanos(TimeUnit.SECONDS.toNanos(TIME_TO_LIVE.toSeconds()) / 3);
  }
}
