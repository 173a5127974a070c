package io.odin.persistence.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Runs from its making on. */
public final class Stopwatch {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Database database;
  private final long roundTrips;
  private final long clientNanoseconds;
  private final long begin;

  private Stopwatch(Database database) {
    this.database = database;
    roundTrips = database.roundTrips();
    clientNanoseconds = SYSTEM.getProcessCpuTime();
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
        SYSTEM.getProcessCpuTime() - clientNanoseconds);
  }
}
