package io.odin.persistence.benchmarks.harness;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Runs from its making on. */
public final class Stopwatch {

  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);

  private final Database database;
  private final long roundTrips;
  private final long clientNanoseconds;
  private final long begin;

  private Stopwatch(Database database) {
    this.database = database;
    roundTrips = database.roundTrips();
    clientNanoseconds = processorTime();
    begin = System.nanoTime();
  }

  /** Begins to measure what is done in a database. */
  public static Stopwatch start(Database database) {
    return new Stopwatch(database);
  }

  /** The nanoseconds since the beginning. */
  public long elapsed() {
    return System.nanoTime() - begin;
  }

  /** The slice from the beginning until now. */
  public Slice stop(long units, long operations) {
    long nanoseconds = elapsed();
    return new Slice(
        units,
        operations,
        nanoseconds,
        database.roundTrips() - roundTrips,
        Math.max(0, processorTime() - clientNanoseconds));
  }

  /**
   * Of the threads that run Java. What the JVM's own threads need for compiling lasts for minutes,
   * and is more than the work itself at first. A thread that has ended meanwhile is missing: the
   * workers live as long as their side.
   */
  private static long processorTime() {
    long sum = 0;
    for (long nanoseconds : THREADS.getThreadCpuTime(THREADS.getAllThreadIds())) {
      sum += Math.max(0, nanoseconds);
    }
    return sum;
  }
}
