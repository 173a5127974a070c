package io.odin.persistence.cli.demo.concurrent;

import io.odin.persistence.cli.report.Progress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many orders are open, and how many have ended. Thread-safe. */
public final class CompletionTracker {

  private final int expected;
  private final Semaphore permits;
  private final Progress progress;
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicLong latest = new AtomicLong(System.nanoTime());

  /**
   * A tracker without orders.
   *
   * @param expected how many orders there will be
   * @param maximumOpen how many may be open at once
   */
  public CompletionTracker(int expected, int maximumOpen, Progress progress) {
    this.expected = expected;
    this.permits = new Semaphore(maximumOpen);
    this.progress = progress;
  }

  /** Waits for a permit to open another order; false if there is none within that time. */
  public boolean tryOpen(Duration longest) {
    try {
      return permits.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Records that an order has ended. */
  public void ended() {
    ended.incrementAndGet();
    latest.set(System.nanoTime());
    permits.release();
    progress.step();
  }

  /** How many orders have ended. */
  public int count() {
    return ended.get();
  }

  /** Whether all orders have ended. */
  public boolean isComplete() {
    return ended.get() >= expected;
  }

  /** Whether half of the orders have ended. */
  public boolean isHalfWay() {
    return ended.get() >= expected / 2;
  }

  /** How long ago the latest order ended. */
  public Duration sinceLatest() {
    return Duration.ofNanos(System.nanoTime() - latest.get());
  }
}
