package io.odin.persistence.cli.demo.concurrent;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells idle workers of this process that there may be work, so that they neither ask the database
 * all the time nor wait longer than they must. A ring that no one waits for is not lost.
 */
public final class Doorbell {

  private static final int MOST_RINGS_KEPT = 64;

  private final Semaphore rings = new Semaphore(0);

  public void ring() {
    if (rings.availablePermits() < MOST_RINGS_KEPT) {
      rings.release();
    }
  }

  /** Waits for a ring, and no longer than that; returns early when interrupted. */
  public void await(Duration longest) {
    try {
      if (rings.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
