package io.odin.persistence.signal;

import io.odin.persistence.run.RunKey;

/**
 * The receipt of a signal.
 *
 * @param run the run that has received it
 * @param sequence its position among the signals of that run
 * @param arrival whether this call delivered it
 */
public record SignalReceipt(RunKey run, long sequence, Arrival arrival) {

  /** Whether a signal was received before. */
  public enum Arrival {
    /** This call delivered it. */
    FIRST,
    /** A signal of the same id was received before and is kept unchanged. */
    DUPLICATE
  }
}
