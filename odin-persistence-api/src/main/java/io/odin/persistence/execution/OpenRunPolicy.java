package io.odin.persistence.execution;

import io.odin.persistence.internal.Require;
import io.odin.persistence.value.Payload;
import java.time.Instant;

/** The effect of a start on a workflow id that has an open run. */
public sealed interface OpenRunPolicy {

  /** Fails with a conflict that names the open run. */
  static OpenRunPolicy fail() {
    return new Fail();
  }

  /** Starts nothing and returns the open run. */
  static OpenRunPolicy useExisting() {
    return new UseExisting();
  }

  /**
   * Terminates the open run and removes its timers, in the same commit as the start.
   *
   * @param eventType the type of the event that is appended to its history
   * @param at when it ended, by the engine's clock
   * @param eventData why it ended
   */
  static OpenRunPolicy terminateExisting(String eventType, Instant at, Payload eventData) {
    return new TerminateExisting(eventType, at, eventData);
  }

  /** See {@link #fail()}. */
  record Fail() implements OpenRunPolicy {}

  /** See {@link #useExisting()}. */
  record UseExisting() implements OpenRunPolicy {}

  /**
   * See {@link #terminateExisting}.
   *
   * @param eventType the type of the event that is appended to its history
   * @param at when it ended, by the engine's clock
   * @param eventData why it ended
   */
  record TerminateExisting(String eventType, Instant at, Payload eventData)
      implements OpenRunPolicy {

    /** Checks every field. */
    public TerminateExisting {
      Require.id("eventType", eventType);
      at = Require.instant("at", at);
      Require.nonNull("eventData", eventData);
    }
  }
}
