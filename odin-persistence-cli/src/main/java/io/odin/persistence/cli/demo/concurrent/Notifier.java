package io.odin.persistence.cli.demo.concurrent;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes idle workers of this process when there may be work, so that they neither poll the database
 * all the time nor wait longer than they must. A notification that no worker waits for is kept.
 * Thread-safe.
 */
public final class Notifier {

  private static final int MAX_KEPT = 64;

  private final Semaphore notifications = new Semaphore(0);

  /** Wakes one worker. */
  public void wakeOne() {
    if (notifications.availablePermits() < MAX_KEPT) {
      notifications.release();
    }
  }

  /** Waits for a notification, no longer than that; returns early when interrupted. */
  public void await(Duration longest) {
    try {
      if (notifications.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
