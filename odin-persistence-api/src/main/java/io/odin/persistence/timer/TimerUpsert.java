package io.odin.persistence.timer;

import io.odin.persistence.internal.Require;
import io.odin.persistence.value.Payload;
import java.time.Instant;

/**
 * Sets a timer, or moves the one of the same id.
 *
 * @param timerId unique within the run
 * @param fireAt the due instant, compared with the database's clock; truncated to microseconds
 * @param data the data for the engine when it fires
 */
public record TimerUpsert(String timerId, Instant fireAt, Payload data) {

  /** Checks every field. */
  public TimerUpsert {
    Require.id("timerId", timerId);
    fireAt = Require.instant("fireAt", fireAt);
    Require.nonNull("timerData", data);
  }
}
