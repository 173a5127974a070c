package io.odin.persistence.signal;

import io.odin.persistence.execution.RunKey;

/**
 * What became of a signal.
 *
 * @param run which has received it
 * @param sequence its place among the signals of that run
 * @param arrival whether this is what it was received by
 */
public record SignalReceipt(RunKey run, long sequence, Arrival arrival) {

  /** Whether a signal has come before. */
  public enum Arrival {
    /** It was received now. */
    FIRST,
    /** One of the same id was received before, and is kept as it came then. */
    DUPLICATE
  }
}
