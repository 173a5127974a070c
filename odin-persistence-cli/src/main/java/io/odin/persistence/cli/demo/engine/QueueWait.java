package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskSubscription;
import java.time.Duration;
import java.util.List;

/** Lets a worker wait for tasks of a queue, until the stores are closed. Thread-safe. */
final class QueueWait {

  /** A wake-up may be missing. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final TaskQueueStore store;
  private final List<TaskQueue> queue;
  private final TaskSubscription subscription;

  /** Subscribes, so that no task that is added from now on is missed. */
  QueueWait(TaskQueueStore store, TaskQueue queue) {
    this.store = store;
    this.queue = List.of(queue);
    subscription = store.subscribe(this.queue);
  }

  /**
   * Waits, after a poll that has found nothing, until a task is added or becomes ready, or for a
   * second; returns early when interrupted.
   */
  void await() {
    Duration longest =
        store.nextReady(queue).filter(next -> next.compareTo(LONGEST) < 0).orElse(LONGEST);
    try {
      if (subscription.await(longest)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
