package io.odin.persistence.task;

import io.odin.persistence.internal.Require;
import java.time.Duration;

/**
 * The failure of a task, with the policy for a retry.
 *
 * @param reason for operators, at most 4000 characters
 * @param retryDelay it becomes ready again at the database's now + this
 * @param maximumAttempts at this attempt, or a later one, it becomes a dead letter instead
 */
public record TaskFailure(String reason, Duration retryDelay, int maximumAttempts) {

  /** Checks every field. */
  public TaskFailure {
    Require.message("reason", reason);
    retryDelay = Require.nonNegative("retryDelay", retryDelay);
    Require.between("maximumAttempts", maximumAttempts, 1, Integer.MAX_VALUE);
  }
}
