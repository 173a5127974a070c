package io.odin.persistence.benchmarks.harness;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The result of one side.
 *
 * @param name "baseline", "library", or a peer
 * @param slices one for each round
 */
public record SideResult(String name, List<Slice> slices) {

  /** Copies the slices. */
  public SideResult {
    slices = List.copyOf(slices);
  }

  /** Units per second. */
  public Spread rate() {
    return Spread.of(slices.stream().map(Slice::rate).toList());
  }

  /** Microseconds of processor time that one operation took on this side of the wire. */
  public double clientMicroseconds() {
    Slice total = slices.stream().reduce(Slice.NOTHING, Slice::plus);
    return total.clientNanoseconds() / 1000.0 / total.operations();
  }

  /** Round trips per operation, over all slices. */
  public double roundTrips() {
    Slice total = slices.stream().reduce(Slice.NOTHING, Slice::plus);
    return (double) total.roundTrips() / total.operations();
  }

  /** This rate over another side's, round by round: what drifts, drifts under both. */
  public Spread ratioTo(SideResult other) {
    return Spread.of(
        IntStream.range(0, slices.size())
            .mapToObj(i -> slices.get(i).rate() / other.slices.get(i).rate())
            .toList());
  }
}
