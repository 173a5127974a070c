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
 * Remembers, while a backlog lasts, where the last polls found ready tasks. What was taken before
 * leaves dead entries at the head of the index; a poll from the head would wade through all of them
 * until they are vacuumed. A task that appears below the floor (committed late, released elsewhere)
 * is found by the walk from the bottom that each queue gets once a second, or as soon as a poll
 * comes back with less than it asked for. Thread-safe.
 */
final class PollFloors {

  private static final long WALK_FROM_BOTTOM_EVERY = Duration.ofSeconds(1).toNanos();
  private static final int MAXIMUM_QUEUES = 10_000;

  private record Place(TaskQueue queue, PartitionSlice slice) {}

  /**
   * A floor.
   *
   * @param floor where the latest poll took tasks
   * @param walkedAt when it was last walked from the bottom, in System.nanoTime()
   */
  private record Known(PollFloor floor, long walkedAt) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Place, Known> floors =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Known> eldest) {
          return size() > MAXIMUM_QUEUES;
        }
      };

  /** From where to poll now. */
  PollFloor of(PollRequest request) {
    Place place = new Place(request.queue(), request.slice());
    long now = System.nanoTime();
    lock.lock();
    try {
      Known known = floors.get(place);
      if (known == null) {
        return PollFloor.bottom();
      }
      if (now - known.walkedAt() < WALK_FROM_BOTTOM_EVERY) {
        return known.floor();
      }
      // One poll looks at everything; those beside it go on from where they are.
      floors.put(place, new Known(known.floor(), now));
      return PollFloor.bottom();
    } finally {
      lock.unlock();
    }
  }

  /** Learns from what a poll from a floor has taken. */
  void learn(PollRequest request, PollFloor from, List<LeasedTask> taken) {
    Place place = new Place(request.queue(), request.slice());
    lock.lock();
    try {
      if (taken.size() < request.maximum()) {
        floors.remove(place);
        return;
      }
      Known known = floors.get(place);
      PollFloor latest = known == null ? PollFloor.bottom() : known.floor();
      if (!from.equals(latest) && !from.equals(PollFloor.bottom())) {
        // Began before the latest floor was learnt, or forgotten: it has not seen what lies below.
        return;
      }
      long walkedAt = known == null ? System.nanoTime() : known.walkedAt();
      Instant claimedAt = taken.getFirst().lease().expiresAt().minus(request.leaseFor());
      floors.put(place, new Known(from.raisedTo(taken, claimedAt), walkedAt));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets queues of which tasks have become ready below the floor. */
  void forget(Predicate<TaskQueue> queues) {
    lock.lock();
    try {
      floors.keySet().removeIf(place -> queues.test(place.queue()));
    } finally {
      lock.unlock();
    }
  }
}
