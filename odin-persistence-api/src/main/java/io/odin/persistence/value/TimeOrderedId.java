package io.odin.persistence.value;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Generates UUIDs of version 7 (RFC 9562): a millisecond time stamp, then random bits. Rows keyed
 * by them are appended to a B-tree instead of being scattered over it. Thread-safe.
 */
public final class TimeOrderedId {

  private static final SecureRandom RANDOM = new SecureRandom();

  private TimeOrderedId() {}

  /** A new id; ids of different milliseconds sort by time. */
  public static UUID next() {
    byte[] random = new byte[10];
    RANDOM.nextBytes(random);
    long high =
        (System.currentTimeMillis() << 16)
            | 0x7000L
            | ((random[0] & 0x0FL) << 8)
            | (random[1] & 0xFFL);
    long low = 0;
    for (int i = 2; i < random.length; i++) {
      low = (low << 8) | (random[i] & 0xFFL);
    }
    return new UUID(high, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }
}
