package io.odin.persistence.timer;

import io.odin.persistence.internal.Require;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes a timer. Removing one that is not there changes nothing.
 *
 * @param timerId unique within the run
 * @param firedAt the due instant that was acted on: a timer that was moved meanwhile is kept; empty
 *     removes it whatever its due instant
 */
public record TimerDelete(String timerId, Optional<Instant> firedAt) {

  /** Checks every field. */
  public TimerDelete {
    Require.id("timerId", timerId);
    firedAt = Require.optionalInstant("firedAt", firedAt);
  }

  /** Removes a timer whatever its due instant. */
  public static TimerDelete cancel(String timerId) {
    return new TimerDelete(timerId, Optional.empty());
  }

  /** Removes a timer that has fired, unless it was moved meanwhile. */
  public static TimerDelete fired(WorkflowTimer timer) {
    Require.nonNull("timer", timer);
    return new TimerDelete(timer.timerId(), Optional.of(timer.fireAt()));
  }
}
