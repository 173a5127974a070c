package io.odin.persistence.sql.task;

import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PartitionSlice;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Records, while a backlog lasts, where the last polls found ready tasks. What was taken before
 * leaves dead entries at the head of the index; a poll from the head would scan all of them until
 * they are vacuumed. A task that appears below the watermark (committed late, released elsewhere)
 * is found by the walk from the bottom that each queue gets once a second, or as soon as a poll
 * comes back with less than it asked for. Thread-safe.
 */
final class PollWatermarks {

  private static final long FULL_WALK_EVERY = Duration.ofSeconds(1).toNanos();
  private static final int MAXIMUM_QUEUES = 10_000;

  private record QueueSlice(TaskQueue queue, PartitionSlice slice) {}

  /**
   * A watermark.
   *
   * @param watermark where the latest poll took tasks
   * @param walkedAt when it was last walked from the bottom, in System.nanoTime()
   */
  private record LastPoll(PollWatermark watermark, long walkedAt) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<QueueSlice, LastPoll> watermarks =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<QueueSlice, LastPoll> eldest) {
          return size() > MAXIMUM_QUEUES;
        }
      };

  /** From where to poll now. */
  PollWatermark of(PollRequest request) {
    QueueSlice slice = new QueueSlice(request.queue(), request.slice());
    long now = System.nanoTime();
    lock.lock();
    try {
      LastPoll last = watermarks.get(slice);
      if (last == null) {
        return PollWatermark.lowest();
      }
      if (now - last.walkedAt() < FULL_WALK_EVERY) {
        return last.watermark();
      }
      // One poll looks at everything; those beside it go on from where they are.
      watermarks.put(slice, new LastPoll(last.watermark(), now));
      return PollWatermark.lowest();
    } finally {
      lock.unlock();
    }
  }

  /** From where the polls of a whole queue go on; the walk from the bottom stays with them. */
  PollWatermark latest(TaskQueue queue) {
    lock.lock();
    try {
      LastPoll last = watermarks.get(new QueueSlice(queue, PartitionSlice.all()));
      return last == null ? PollWatermark.lowest() : last.watermark();
    } finally {
      lock.unlock();
    }
  }

  /** Learns from what a poll from a watermark has taken. */
  void learn(PollRequest request, PollWatermark from, List<LeasedTask> taken) {
    QueueSlice slice = new QueueSlice(request.queue(), request.slice());
    lock.lock();
    try {
      if (taken.size() < request.maximum()) {
        watermarks.remove(slice);
        return;
      }
      LastPoll last = watermarks.get(slice);
      PollWatermark latest = last == null ? PollWatermark.lowest() : last.watermark();
      if (!from.equals(latest) && !from.equals(PollWatermark.lowest())) {
        // The poll began before the latest watermark was learnt or discarded: it has not seen the
        // tasks below that.
        return;
      }
      long walkedAt = last == null ? System.nanoTime() : last.walkedAt();
      Instant claimedAt = taken.getFirst().lease().expiresAt().minus(request.leaseFor());
      watermarks.put(slice, new LastPoll(from.raisedTo(taken, claimedAt), walkedAt));
    } finally {
      lock.unlock();
    }
  }

  /** Discards the watermarks of queues of which tasks have become ready below them. */
  void discard(Predicate<TaskQueue> queues) {
    lock.lock();
    try {
      watermarks.keySet().removeIf(slice -> queues.test(slice.queue()));
    } finally {
      lock.unlock();
    }
  }
}
