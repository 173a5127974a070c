package io.odin.persistence.task;

import java.time.Duration;

/**
 * Waits for tasks of some queues, so that a poller that has found nothing need not poll again until
 * there may be something. Made by {@link TaskQueueStore#subscribe}. Thread-safe.
 *
 * <p>A write that puts tasks into a queue wakes as many subscriptions to it as there are tasks:
 * {@link TaskQueueStore#enqueue}, {@link TaskQueueStore#enqueueAll}, {@link TaskQueueStore#fail},
 * {@link TaskQueueStore#release}, {@link TaskQueueStore#redrive}, and a commit. Those that wait are
 * the first. If fewer wait than there are tasks, the next wait of each of the others ends at once:
 * so what is added between a poll and the wait after it is not missed. A task with a delay wakes
 * when it is added, not when it becomes ready.
 *
 * <p>A wake-up is a hint. It may be in vain: another poller may have taken the task, or the task
 * has a delay. It may be missing: writes of other processes wake only as {@link
 * io.odin.persistence.TaskWakeUps} says, the end of a delay or of a lease wakes nothing, and of
 * pollers of different {@linkplain PartitionSlice slices} one may be woken for a task of another's,
 * since a subscription is to whole queues: give each slice a queue of its own to avoid that. So
 * poll until a poll finds nothing, wait no longer than {@link TaskQueueStore#nextReady} and than a
 * limit of your own, and poll again whatever the wait has returned.
 */
public interface TaskSubscription extends AutoCloseable {

  /**
   * Waits until tasks of the queues may have been added since the last wait, or since the
   * subscription. A wake-up ends one wait. Uses no connection.
   *
   * @param timeout by the clock of this host; zero does not wait
   * @return true if tasks may have been added; false after the timeout, or if the subscription is
   *     closed, also meanwhile
   * @throws InterruptedException if the thread is interrupted while it waits, or before
   * @throws io.odin.persistence.error.InvalidRequestException if the timeout is null, negative or
   *     longer than 36500 days
   * @throws io.odin.persistence.error.PersistenceClosedException if the stores are closed, also
   *     meanwhile
   */
  boolean await(Duration timeout) throws InterruptedException;

  /**
   * Ends all waits, which return false. A wake-up that no wait has returned goes to another
   * subscription. Closing again has no effect.
   */
  @Override
  void close();
}
