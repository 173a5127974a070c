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
 * Threads that each repeat an iteration until the pool is closed or one of them fails. A database
 * that is unavailable for a moment is no failure: the iteration is repeated after a pause.
 */
public final class WorkerPool implements AutoCloseable {

  private static final int MAX_FAILURES_IN_A_ROW = 30;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_ITERATION = Duration.ofSeconds(60);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().name("odin-demo-", 0).daemon(true).factory());
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<Optional<RuntimeException>> failure =
      new AtomicReference<>(Optional.empty());

  /** Starts a thread. An iteration must return within some seconds. */
  public void start(Runnable iteration) {
    threads.execute(() -> repeat(iteration));
  }

  private void repeat(Runnable iteration) {
    int failures = 0;
    while (isRunning()) {
      try {
        iteration.run();
        failures = 0;
      } catch (PersistenceException e) {
        failures++;
        if (e.retry() != Retry.SAME_REQUEST || failures == MAX_FAILURES_IN_A_ROW) {
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
    stopped.countDown();
  }

  /** Whether the threads go on. */
  public boolean isRunning() {
    return stopped.getCount() > 0;
  }

  /** Waits for that time, or until the pool stops. An interrupt stops it. */
  public void await(Duration longest) {
    try {
      if (stopped.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }

  /**
   * Throws the failure of a thread, if there was one.
   *
   * @throws RuntimeException the first failure
   */
  public void check() {
    failure
        .get()
        .ifPresent(
            e -> {
              throw e;
            });
  }

  /** Stops the threads and waits until they have ended their iterations. */
  @Override
  public void close() {
    stopped.countDown();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LONGEST_ITERATION.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
