package io.odin.persistence.postgres.examples;

import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PolledTasks;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Delivers what is in many queues, of which most are empty most of the time. Not thread-safe. */
public final class Outboxes {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final int MAXIMUM_ATTEMPTS = 5;

  private final TaskQueueStore store;
  private final String host;
  private final Consumer<LeasedTask> delivery;
  private final List<TaskQueue> queues;

  /**
   * Delivers from these queues.
   *
   * @param delivery also completes the task
   */
  public Outboxes(
      TaskQueueStore store, String host, List<TaskQueue> queues, Consumer<LeasedTask> delivery) {
    this.store = store;
    this.host = host;
    this.delivery = delivery;
    this.queues = new ArrayList<>(queues);
  }

  // example: several-queues
  /** Delivers some messages, and returns how long to wait before the next call. */
  public Duration deliver() {
    PolledTasks polled = store.pollAny(queues, host, LEASE, 100);
    // More queues than tasks in a poll: another one is the first next time.
    Collections.rotate(queues, -1);
    polled.tasks().forEach(this::deliver);
    return polled.nextReady().filter(next -> next.compareTo(IDLE) < 0).orElse(IDLE);
  }

  private void deliver(LeasedTask message) {
    try {
      delivery.accept(message);
    } catch (PersistenceException | IllegalStateException e) {
      giveBack(message, e);
    }
  }

  private void giveBack(LeasedTask message, RuntimeException reason) {
    try {
      store.fail(
          message.lease(), new TaskFailure(reason.toString(), RETRY_DELAY, MAXIMUM_ATTEMPTS));
    } catch (PersistenceException e) {
      // The lease expires; then the message is delivered again.
    }
  }
  // end of several-queues
}
