package io.odin.persistence.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Delays that are evenly spread, and the same for the same schedule and due time. */
final class Jitter {

  private static final long INCREMENT = 0x9E37_79B9_7F4A_7C15L;

  private Jitter() {}

  /** From 0 to less than {@code below}, which may be 0. */
  static long millis(UUID schedule, Instant dueAt, long below) {
    if (below == 0) {
      return 0;
    }
    long dueMicros = ChronoUnit.MICROS.between(Instant.EPOCH, dueAt);
    long mixed = mix(mix(schedule.getMostSignificantBits()) + schedule.getLeastSignificantBits());
    return Long.remainderUnsigned(mix(mixed + dueMicros), below);
  }

  /** A step of SplitMix64. */
  private static long mix(long seed) {
    long mixed = seed + INCREMENT;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }
}
