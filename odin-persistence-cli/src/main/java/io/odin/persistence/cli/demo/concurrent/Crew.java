package io.odin.persistence.cli.demo.concurrent;

import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The threads of the demo. Each repeats its shift until the crew is sent home, or until one of them
 * fails. A database that is away for a moment is no failure: the shift is repeated after a pause.
 */
public final class Crew implements AutoCloseable {

  private static final int MOST_FAILURES_IN_A_ROW = 30;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_SHIFT = Duration.ofSeconds(60);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().name("odin-demo-", 0).daemon(true).factory());
  private final CountDownLatch home = new CountDownLatch(1);
  private final AtomicReference<Optional<RuntimeException>> failure =
      new AtomicReference<>(Optional.empty());

  /** Starts a thread that repeats the shift. A shift must come back within some seconds. */
  public void hire(Runnable shift) {
    threads.execute(() -> repeat(shift));
  }

  private void repeat(Runnable shift) {
    int failures = 0;
    while (isWorking()) {
      try {
        shift.run();
        failures = 0;
      } catch (PersistenceException e) {
        failures++;
        if (e.retry() != Retry.SAME_REQUEST || failures == MOST_FAILURES_IN_A_ROW) {
          fail(e);
          return;
        }
        await(PAUSE);
      } catch (RuntimeException e) {
        fail(e);
        return;
      }
    }
  }

  private void fail(RuntimeException e) {
    failure.compareAndSet(Optional.empty(), Optional.of(e));
    home.countDown();
  }

  public boolean isWorking() {
    return home.getCount() > 0;
  }

  /** Waits so long, or until the crew goes home. */
  public void await(Duration longest) {
    try {
      if (home.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      home.countDown();
    }
  }

  /** Throws what one of the crew has failed with, if anything. */
  public void check() {
    failure
        .get()
        .ifPresent(
            e -> {
              throw e;
            });
  }

  /** Sends the crew home and waits until all have left. */
  @Override
  public void close() {
    home.countDown();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LONGEST_SHIFT.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
