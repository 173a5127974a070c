package io.odin.persistence.sql.wakeup;

import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.MessageChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends other processes what this one has added: after the writes, on a thread of its own, and for
 * all writes of some milliseconds together. Thread-safe.
 */
final class Outbox implements AutoCloseable {

  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  /** What is kept while the database is out of reach; more is left to polling. */
  private static final int MAXIMUM_QUEUES = 10_000;

  private static final int MAXIMUM_TASKS = 1_000_000;

  private final long self = ThreadLocalRandom.current().nextLong();
  private final Database database;
  private final MessageChannel channel;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Integer> pending = new HashMap<>();
  private final Thread thread;
  private boolean closed;

  /**
   * Begins.
   *
   * @param patience how long closing waits for what is still to be sent
   */
  Outbox(Database database, MessageChannel channel, Duration patience) {
    this.database = database;
    this.channel = channel;
    this.patience = patience;
    thread = Thread.ofPlatform().daemon().name("odin-wake-ups-out").start(this::run);
  }

  /** Adds tasks of a queue. Returns at once. */
  void add(long queue, int tasks) {
    lock.lock();
    try {
      if (pending.size() < MAXIMUM_QUEUES || pending.containsKey(queue)) {
        pending.merge(queue, tasks, (some, more) -> Math.min(MAXIMUM_TASKS, some + more));
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (Map<Long, Integer> next = take(); !next.isEmpty(); next = take()) {
        send(next);
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for something to send; empty when there is nothing left and this is closed. */
  private Map<Long, Integer> take() throws InterruptedException {
    lock.lock();
    try {
      while (pending.isEmpty() && !closed) {
        changed.await();
      }
      Map<Long, Integer> next = new HashMap<>();
      Iterator<Map.Entry<Long, Integer>> all = pending.entrySet().iterator();
      while (all.hasNext() && next.size() < WakeUpMessage.MAXIMUM_QUEUES) {
        Map.Entry<Long, Integer> queue = all.next();
        next.put(queue.getKey(), queue.getValue());
        all.remove();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void send(Map<Long, Integer> tasks) {
    try {
      write(new WakeUpMessage(self, tasks));
    } catch (RuntimeException e) {
      // Others find the tasks by polling; the observer and the health check report the failure.
    }
  }

  private void pause() throws InterruptedException {
    lock.lock();
    try {
      long left = PAUSE_NANOS;
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a message now that says nothing, but arrives at this process as well.
   *
   * @throws io.odin.persistence.error.PersistenceException if it could not be sent
   */
  void sendProof() {
    write(new WakeUpMessage(self, Map.of()));
  }

  private void write(WakeUpMessage message) {
    database.read(
        "taskQueues.wakeUp", session -> session.run(channel.send(message.text())).count());
  }

  /** Whether this process has sent a message. */
  boolean hasSent(WakeUpMessage message) {
    return message.sender() == self;
  }

  /** Sends what is left, and ends. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
