package io.odin.persistence.sql.database;

import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The part of the pool that searches and other large reads may hold at the same time: half of it,
 * at least one connection. What keeps leases alive and what finds a row by its key never waits
 * behind them. Thread-safe.
 */
final class SearchShare {

  private final int size;
  private final Semaphore free;
  private final Duration timeout;

  /**
   * A share that is free.
   *
   * @param poolSize the number of connections of the pool
   * @param timeout how long a call waits for its turn
   */
  SearchShare(int poolSize, Duration timeout) {
    size = Math.max(1, poolSize / 2);
    free = new Semaphore(size, true);
    this.timeout = timeout;
  }

  /**
   * Waits for a turn, which {@link #release} gives back.
   *
   * @throws UnavailableException if there is none in time, or the thread is interrupted
   */
  void acquire() {
    try {
      if (!free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw exhausted(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw exhausted(e);
    }
  }

  private UnavailableException exhausted(@Nullable InterruptedException cause) {
    return new UnavailableException(
        Reason.SEARCHES_EXHAUSTED,
        "searches and other large reads use "
            + size
            + " connections, all that they may, and none came free in time: search less often or"
            + " for less, or raise maximumPoolSize",
        cause);
  }

  void release() {
    free.release();
  }
}
