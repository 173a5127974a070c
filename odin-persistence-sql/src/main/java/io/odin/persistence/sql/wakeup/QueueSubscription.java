package io.odin.persistence.sql.wakeup;

import io.odin.persistence.internal.Require;
import io.odin.persistence.task.TaskSubscription;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A subscription, which keeps one wake-up until a wait returns it. Thread-safe. */
final class QueueSubscription implements TaskSubscription {

  private final Subscriptions all;
  private final ReentrantLock lock;
  private final Condition woken;
  private final Set<Long> queues;
  private int waiting;
  private boolean isWoken;
  // The queue of the task that this one alone was woken for.
  private Optional<Long> entrusted = Optional.empty();
  private boolean isClosed;

  /**
   * A subscription that is not woken.
   *
   * @param lock of all subscriptions
   */
  QueueSubscription(Subscriptions all, ReentrantLock lock, Set<Long> queues) {
    this.all = all;
    this.lock = lock;
    this.queues = queues;
    woken = lock.newCondition();
  }

  /** Wakes for one task if it waits and is not woken yet; the caller has the lock. */
  boolean wakeWaiting(long queue) {
    if (waiting == 0 || isWoken) {
      return false;
    }
    entrusted = Optional.of(queue);
    wake();
    return true;
  }

  /** Ends a wait, or the next one; the caller has the lock. */
  void wake() {
    isWoken = true;
    woken.signalAll();
  }

  @Override
  public boolean await(Duration timeout) throws InterruptedException {
    long nanos = Require.nonNegative("timeout", timeout).toNanos();
    lock.lockInterruptibly();
    try {
      boolean found = awaitWakeUp(nanos);
      isWoken = false;
      entrusted = Optional.empty();
      return found;
    } catch (InterruptedException e) {
      passOn();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitWakeUp(long nanos) throws InterruptedException {
    long left = nanos;
    waiting++;
    try {
      all.requireOpen();
      while (!isWoken && !isClosed && left > 0) {
        left = woken.awaitNanos(left);
        all.requireOpen();
      }
      return isWoken && !isClosed;
    } finally {
      waiting--;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      woken.signalAll();
      all.remove(this, queues);
      passOn();
    } finally {
      lock.unlock();
    }
  }

  /** Lets another one have the wake-up for a task that this one alone was woken for. */
  private void passOn() {
    Optional<Long> queue = entrusted;
    entrusted = Optional.empty();
    // It stays woken: another queue may have woken it too, and a wake-up may be in vain.
    queue.ifPresent(other -> all.added(other, 1));
  }
}
