package io.odin.persistence.cli.demo.concurrent;

import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is to be looked at when its time has come. Lives in memory, and is as durable as that. */
public final class Later<T> {

  private static final Duration SHIFT = Duration.ofMillis(100);

  private final DelayQueue<Appointment<T>> appointments = new DelayQueue<>();
  private final AtomicInteger pending = new AtomicInteger();

  private record Appointment<T>(long dueNanos, T subject) implements Delayed {

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  public void after(Duration delay, T subject) {
    pending.incrementAndGet();
    put(delay, subject);
  }

  private void put(Duration delay, T subject) {
    appointments.put(new Appointment<>(System.nanoTime() + delay.toNanos(), subject));
  }

  /** How many are to come, or are being looked at just now. */
  public int pending() {
    return pending.get();
  }

  /** Looks at the next one, if its time comes within a moment; again later if that fails. */
  public void next(Consumer<T> action) {
    T subject = poll();
    if (subject == null) {
      return;
    }
    boolean done = false;
    try {
      action.accept(subject);
      done = true;
    } finally {
      if (done) {
        pending.decrementAndGet();
      } else {
        put(SHIFT, subject);
      }
    }
  }

  private @Nullable T poll() {
    try {
      Appointment<T> next = appointments.poll(SHIFT.toMillis(), TimeUnit.MILLISECONDS);
      return next == null ? null : next.subject();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
