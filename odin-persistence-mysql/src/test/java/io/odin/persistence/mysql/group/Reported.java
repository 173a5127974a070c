package io.odin.persistence.mysql.group;

import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Sends requests as the contract asks of callers, and keeps what was reported to them outside of
 * the database. Thread-safe.
 */
final class Reported {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final ConcurrentLinkedQueue<String> contradictions = new ConcurrentLinkedQueue<>();
  // When the first successful write that was begun then ended.
  private final ConcurrentSkipListMap<Long, Long> successes = new ConcurrentSkipListMap<>();
  private final LongAdder applied = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  /**
   * Sends a write until its outcome is known. If its outcome is known not to be applied, it is sent
   * again or not, by chance.
   *
   * @return the result; empty if it was reported as not applied
   */
  <T> Optional<T> settle(Supplier<T> write) {
    boolean isUnknown = false;
    while (true) {
      long begun = System.nanoTime();
      try {
        T result = write.get();
        successes.put(begun, System.nanoTime());
        applied.increment();
        return Optional.of(result);
      } catch (PersistenceException e) {
        isUnknown |= e.outcome() != Outcome.NOT_APPLIED;
        (e.outcome() == Outcome.NOT_APPLIED ? refused : unknown).increment();
        if (e instanceof BackendFailureException) {
          contradicts("a server that is away was reported as a lasting failure: " + e);
        }
        if (e.retry() != Retry.SAME_REQUEST
            || (!isUnknown && ThreadLocalRandom.current().nextInt(4) == 0)) {
          return Optional.empty();
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Reads until there is an answer.
   *
   * @throws PersistenceException if it is not worth trying again
   */
  <T> T read(Supplier<T> read) {
    while (true) {
      try {
        return read.get();
      } catch (PersistenceException e) {
        if (e.retry() != Retry.SAME_REQUEST) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Records what contradicts the contract. */
  void contradicts(String text) {
    contradictions.add(text);
  }

  /** What contradicts the contract, as sentences. */
  List<String> contradictions() {
    return List.copyOf(contradictions);
  }

  /** Whether a write that was begun after that time has succeeded. */
  boolean hasSuccessSince(long nanoTime) {
    return successes.ceilingKey(nanoTime) != null;
  }

  /** When the first of the writes that were begun after that time succeeded. */
  long firstSuccessSince(long nanoTime) {
    return successes.tailMap(nanoTime).values().stream()
        .mapToLong(Long::longValue)
        .min()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return "%d applied, %d not applied, %d unknown"
        .formatted(applied.sum(), refused.sum(), unknown.sum());
  }
}
