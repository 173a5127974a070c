package io.odin.persistence.benchmarks;

import java.time.Duration;
import java.util.Locale;

/**
 * How far away the server is.
 *
 * @param added how much longer a round trip was made
 * @param measured the shortest round trip of a statement that does nothing
 */
record Distance(Duration added, Duration measured) {

  /** Human-readable, in milliseconds. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "round trip %.2f ms, %.2f added", milliseconds(measured), milliseconds(added));
  }

  private static double milliseconds(Duration time) {
    return time.toNanos() / 1e6;
  }
}
