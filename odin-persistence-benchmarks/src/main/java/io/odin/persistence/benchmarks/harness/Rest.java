package io.odin.persistence.benchmarks.harness;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until the machine is idle, so that other work is not measured. */
final class Rest {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final double QUIET = 0.2;

  private Rest() {}

  /**
   * Waits until the processors are nearly idle, or the patience has ended.
   *
   * @return how busy they were at the end, 0 to 1
   */
  static double await(Duration patience) throws InterruptedException {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    long begin = System.nanoTime();
    double load;
    do {
      system.getCpuLoad();
      LockSupport.parkNanos(LOOK.toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted before a row was measured");
      }
      load = Math.max(0, system.getCpuLoad());
    } while (load > QUIET && System.nanoTime() - begin < patience.toNanos());
    return load;
  }
}
