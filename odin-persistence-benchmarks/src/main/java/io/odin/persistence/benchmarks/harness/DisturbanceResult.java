package io.odin.persistence.benchmarks.harness;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much slower calls are beside other work than alone.
 *
 * @param name what was measured
 * @param workers how many call at once
 * @param rounds one after the other
 */
public record DisturbanceResult(String name, int workers, List<Round> rounds) {

  /** Copies the rounds. */
  public DisturbanceResult {
    rounds = List.copyOf(rounds);
  }

  /**
   * The calls in two spans of time of the same length.
   *
   * @param alone with nothing beside them
   * @param beside with the other work beside them
   * @param seconds how long the other work took
   */
  public record Round(Latencies alone, Latencies beside, double seconds) {

    /** How many times as long the slowest calls in 100 take beside the other work. */
    public double slowdown() {
      return beside.p99() / alone.p99();
    }
  }

  /** What a figure was, over the rounds. */
  public Spread over(ToDoubleFunction<Round> figure) {
    return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
  }
}
