package io.odin.persistence.timer;

import io.odin.persistence.internal.Require;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes a timer. Idempotent: removing one that does not exist has no effect.
 *
 * @param timerId unique within the run
 * @param firedAt the due instant that the caller has processed: a timer that was moved in the
 *     meantime is kept; if empty, the timer is removed whatever its due instant
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

  /** Removes a timer that has fired, unless it was moved in the meantime. */
  public static TimerDelete fired(WorkflowTimer timer) {
    Require.nonNull("timer", timer);
    return new TimerDelete(timer.timerId(), Optional.of(timer.fireAt()));
  }
}
