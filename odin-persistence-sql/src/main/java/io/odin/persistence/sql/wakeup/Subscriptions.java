package io.odin.persistence.sql.wakeup;

import io.odin.persistence.error.PersistenceClosedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The subscriptions of a process, by queue. Thread-safe. */
final class Subscriptions implements AutoCloseable {

  // Guards all subscriptions: what is done under it is short and blocks on nothing.
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Long, Set<QueueSubscription>> byQueue = new HashMap<>();
  private final Unmet unmet;
  private boolean closed;

  /** Where tasks are reported for which no subscription waits. */
  @FunctionalInterface
  interface Unmet {

    /** Called under the lock: returns at once. */
    void tasks(long queue, int tasks);
  }

  Subscriptions(Unmet unmet) {
    this.unmet = unmet;
  }

  /**
   * Adds a subscription.
   *
   * @throws PersistenceClosedException after {@link #close}
   */
  QueueSubscription add(Set<Long> queues) {
    QueueSubscription subscription = new QueueSubscription(this, lock, queues);
    lock.lock();
    try {
      requireOpen();
      for (Long queue : queues) {
        byQueue.computeIfAbsent(queue, key -> new LinkedHashSet<>()).add(subscription);
      }
    } finally {
      lock.unlock();
    }
    return subscription;
  }

  /** Removes a subscription; the caller has the lock. */
  void remove(QueueSubscription subscription, Set<Long> queues) {
    for (Long queue : queues) {
      byQueue.computeIfPresent(
          queue, (key, all) -> all.remove(subscription) && all.isEmpty() ? null : all);
    }
  }

  /** Wakes for tasks that this process has added, and reports those that nothing waits for. */
  void added(long queue, int tasks) {
    lock.lock();
    try {
      int left = wake(queue, tasks);
      if (left > 0) {
        unmet.tasks(queue, left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes for tasks that another process has added. */
  void addedElsewhere(long queue, int tasks) {
    lock.lock();
    try {
      wake(queue, tasks);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes one that waits for each task, else those that do not wait; returns what is left. */
  private int wake(long queue, int tasks) {
    Set<QueueSubscription> subscribed = byQueue.getOrDefault(queue, Set.of());
    int left = tasks;
    for (QueueSubscription subscription : subscribed) {
      if (left == 0) {
        return 0;
      }
      left -= subscription.wakeWaiting(queue) ? 1 : 0;
    }
    if (left > 0) {
      // Any of them may be between its poll and its wait, while the others are busy for long.
      subscribed.forEach(QueueSubscription::wake);
    }
    return left;
  }

  /** Wakes all, as after tasks may have been added without a word. */
  void wakeAll() {
    lock.lock();
    try {
      byQueue.values().forEach(subscribed -> subscribed.forEach(QueueSubscription::wake));
    } finally {
      lock.unlock();
    }
  }

  /** Fails after {@link #close}; the caller has the lock. */
  void requireOpen() {
    if (closed) {
      throw new PersistenceClosedException();
    }
  }

  /** Ends all waits. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      List<Set<QueueSubscription>> all = new ArrayList<>(byQueue.values());
      all.forEach(subscribed -> subscribed.forEach(QueueSubscription::wake));
    } finally {
      lock.unlock();
    }
  }
}
