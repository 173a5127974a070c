package io.odin.persistence.cli.demo.concurrent;

import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Items that are processed after a delay. They are in memory only. Thread-safe. */
public final class DelayedQueue<T> {

  private static final Duration POLL = Duration.ofMillis(100);

  private final DelayQueue<Entry<T>> entries = new DelayQueue<>();
  private final AtomicInteger pending = new AtomicInteger();

  private record Entry<T>(long dueNanos, T item) implements Delayed {

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  /** Adds an item that is due after the delay. */
  public void add(T item, Duration delay) {
    pending.incrementAndGet();
    put(item, delay);
  }

  private void put(T item, Duration delay) {
    entries.put(new Entry<>(System.nanoTime() + delay.toNanos(), item));
  }

  /** How many items are waiting or being processed. */
  public int pending() {
    return pending.get();
  }

  /** Processes the next item if it is due within 100 ms; adds it again if that fails. */
  public void processNext(Consumer<T> action) {
    T item = poll();
    if (item == null) {
      return;
    }
    boolean done = false;
    try {
      action.accept(item);
      done = true;
    } finally {
      if (done) {
        pending.decrementAndGet();
      } else {
        put(item, POLL);
      }
    }
  }

  private @Nullable T poll() {
    try {
      Entry<T> next = entries.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
      return next == null ? null : next.item();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
