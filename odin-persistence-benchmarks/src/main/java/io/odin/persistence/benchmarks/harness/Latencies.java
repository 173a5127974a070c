package io.odin.persistence.benchmarks.harness;

import java.util.List;

/**
 * How long calls took.
 *
 * @param calls how many there were
 * @param p50 milliseconds that half of them did not exceed
 * @param p99 milliseconds that 99 in 100 did not exceed
 */
public record Latencies(int calls, double p50, double p99) {

  /**
   * Adds up calls.
   *
   * @param nanoseconds of each; at least one
   */
  public static Latencies of(List<Long> nanoseconds) {
    List<Long> sorted = nanoseconds.stream().sorted().toList();
    return new Latencies(sorted.size(), milliseconds(sorted, 50), milliseconds(sorted, 99));
  }

  private static double milliseconds(List<Long> sorted, int percent) {
    int rank = Math.ceilDiv(sorted.size() * percent, 100);
    return sorted.get(rank - 1) / 1e6;
  }
}
