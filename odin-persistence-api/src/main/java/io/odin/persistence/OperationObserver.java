package io.odin.persistence;

import io.odin.persistence.error.PersistenceException;
import java.time.Duration;
import java.util.Optional;

/**
 * Receives each finished operation, for metrics and traces. Implementations run on the caller's
 * thread: they must be fast and thread-safe. What they throw is logged, and changes no outcome.
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
   * @param elapsed the time from the call to the result, including waits for a connection and
   *     retries
   * @param attempts how many times the operation was sent to the database; 1 without a retry
   * @param failure the exception; empty after a success. What is not a {@code
   *     PersistenceException}, an Error for instance, is the cause of one
   */
  record Operation(
      String name, Duration elapsed, int attempts, Optional<PersistenceException> failure) {}
}
