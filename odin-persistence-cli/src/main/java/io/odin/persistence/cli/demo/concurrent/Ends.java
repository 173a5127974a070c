package io.odin.persistence.cli.demo.concurrent;

import io.odin.persistence.cli.report.Progress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many orders are under way, and how many have ended. Thread-safe. */
public final class Ends {

  private final int expected;
  private final Semaphore places;
  private final Progress progress;
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicLong latest = new AtomicLong(System.nanoTime());

  /**
   * Nothing has begun.
   *
   * @param expected how many orders there will be
   * @param places how many may be under way at once
   */
  public Ends(int expected, int places, Progress progress) {
    this.expected = expected;
    this.places = new Semaphore(places);
    this.progress = progress;
  }

  /** Whether another order may begin, as far as can be said within that time. */
  public boolean tryTakePlace(Duration longest) {
    try {
      return places.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public void orderEnded() {
    ended.incrementAndGet();
    latest.set(System.nanoTime());
    places.release();
    progress.step();
  }

  public int count() {
    return ended.get();
  }

  public boolean isComplete() {
    return ended.get() >= expected;
  }

  public boolean isHalfWay() {
    return ended.get() >= expected / 2;
  }

  public Duration sinceLatest() {
    return Duration.ofNanos(System.nanoTime() - latest.get());
  }
}
