package io.odin.persistence;

import io.odin.persistence.error.PersistenceException;
import java.time.Duration;
import java.util.Optional;

/**
 * Told about each finished operation: the one place to hang metrics and traces on. Called on the
 * caller's thread, so it must be quick, thread-safe, and must not throw.
 */
@FunctionalInterface
public interface OperationObserver {

  /** Called once for each operation that reached the backend, whether it succeeded or not. */
  void completed(Operation operation);

  /**
   * A finished operation.
   *
   * @param name "taskQueues.poll", "executions.commit", ...: a small fixed set, fit for a metric's
   *     label
   * @param elapsed from the call to the result, waiting for a connection and retries included
   * @param attempts how many times it was sent to the database, 1 if nothing had to be retried
   * @param failure what was thrown; empty after a success
   */
  record Operation(
      String name, Duration elapsed, int attempts, Optional<PersistenceException> failure) {}
}
