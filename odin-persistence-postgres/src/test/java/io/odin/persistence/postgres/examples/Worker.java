package io.odin.persistence.postgres.examples;

import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskSubscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Polls one queue and works on up to a fixed number of tasks at once. Thread-safe. */
public final class Worker {

  private static final Duration LEASE = Duration.ofSeconds(30);
  // The end of a delay or of a lease wakes nothing.
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final int MAXIMUM_ATTEMPTS = 5;

  private final TaskQueueStore store;
  private final TaskQueue queue;
  private final TaskSubscription subscription;
  private final String name;
  private final int concurrency;
  private final Handler handler;
  private final Semaphore slots;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService heartbeats = Executors.newSingleThreadScheduledExecutor();

  /** Does the work of a task, and completes the task by its commit. */
  @FunctionalInterface
  public interface Handler {
    void handle(LeasedTask task) throws InterruptedException;
  }

  /**
   * A worker that does not poll yet.
   *
   * @param concurrency how many tasks it works on at once, 1 to 1000
   */
  public Worker(
      TaskQueueStore store, TaskQueue queue, String name, int concurrency, Handler handler) {
    this.store = store;
    this.queue = queue;
    subscription = store.subscribe(List.of(queue));
    this.name = name;
    this.concurrency = concurrency;
    this.handler = handler;
    slots = new Semaphore(concurrency);
  }

  // example: poll-loop
  /** Starts polling; the loop has a virtual thread of its own, and so has each task. */
  public void start() {
    threads.execute(this::loop);
  }

  private void loop() {
    try {
      while (stopped.getCount() > 0) {
        // Never lease more tasks than have a slot: a task that waits here loses its lease.
        slots.acquire();
        int free = 1 + slots.drainPermits();
        List<LeasedTask> tasks = poll(free);
        slots.release(free - tasks.size());
        for (LeasedTask task : tasks) {
          threads.execute(() -> work(task));
        }
        if (tasks.isEmpty()) {
          subscription.await(IDLE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<LeasedTask> poll(int maximum) {
    try {
      return store.poll(PollRequest.of(queue, name, LEASE, maximum));
    } catch (PersistenceException e) {
      if (e.retry() == Retry.SAME_REQUEST) {
        return List.of();
      }
      throw e;
    }
  }

  private void work(LeasedTask task) {
    TaskLease lease = task.lease();
    Future<?> heartbeat = startHeartbeat(lease);
    try {
      handler.handle(task);
    } catch (LeaseLostException e) {
      // Too slow: another worker has the task, and nothing of this attempt was written.
    } catch (InterruptedException e) {
      giveBack(() -> store.release(lease));
    } catch (RuntimeException e) {
      giveBack(
          () -> store.fail(lease, new TaskFailure(e.toString(), RETRY_DELAY, MAXIMUM_ATTEMPTS)));
    } finally {
      heartbeat.cancel(false);
      slots.release();
    }
  }

  private static void giveBack(Runnable call) {
    try {
      call.run();
    } catch (PersistenceException e) {
      // The lease expires; then another worker gets the task.
    }
  }

  // end of poll-loop

  // example: heartbeat
  /** Extends a lease every third of its duration. A lost lease ends the series. */
  private Future<?> startHeartbeat(TaskLease lease) {
    long period = LEASE.toMillis() / 3;
    return heartbeats.scheduleAtFixedRate(
        () -> extend(lease), period, period, TimeUnit.MILLISECONDS);
  }

  private void extend(TaskLease lease) {
    try {
      store.heartbeat(lease, LEASE);
    } catch (UnavailableException | OutcomeUnknownException e) {
      // Two more heartbeats fit into the lease.
    }
  }

  // end of heartbeat

  // example: shutdown
  /** Stops polling, waits ten seconds for the tasks in progress, then interrupts them. */
  public void stop() throws InterruptedException {
    stopped.countDown();
    subscription.close();
    // All slots are free when no handler runs and no poll is in flight.
    if (!slots.tryAcquire(concurrency, 10, TimeUnit.SECONDS)) {
      threads.shutdownNow();
    }
    threads.shutdown();
    threads.awaitTermination(10, TimeUnit.SECONDS);
    heartbeats.shutdownNow();
  }
  // end of shutdown
}
