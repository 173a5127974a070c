package io.odin.persistence.benchmarks.harness;

/**
 * What one side did in one slice of time.
 *
 * @param units how many of the row's units were done
 * @param operations in how many calls of a worker
 * @param nanoseconds how long that took, refills excluded
 * @param roundTrips how many times the client waited for the server meanwhile
 * @param clientNanoseconds how long the processors worked for this program's Java threads meanwhile
 */
public record Slice(
    long units, long operations, long nanoseconds, long roundTrips, long clientNanoseconds) {

  static final Slice NOTHING = new Slice(0, 0, 0, 0, 0);

  /** Work that was counted, without the time that it took. */
  static Slice work(long units, long operations) {
    return new Slice(units, operations, 0, 0, 0);
  }

  /** Units per second. */
  public double rate() {
    return nanoseconds == 0 ? 0 : units * 1e9 / nanoseconds;
  }

  Slice plus(Slice other) {
    return new Slice(
        units + other.units,
        operations + other.operations,
        nanoseconds + other.nanoseconds,
        roundTrips + other.roundTrips,
        clientNanoseconds + other.clientNanoseconds);
  }
}
