package io.odin.persistence.sql.database;

import io.odin.persistence.OperationObserver;
import io.odin.persistence.OperationObserver.Operation;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.PersistenceException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies the observer, whose own failures do not change what callers get. Thread-safe. */
final class Notifier {

  private static final Logger LOGGER = LoggerFactory.getLogger(OperationObserver.class);

  private final OperationObserver observer;

  Notifier(OperationObserver observer) {
    this.observer = observer;
  }

  /**
   * Reports a finished operation.
   *
   * @param failure what it threw; null after a success
   */
  // The operation has ended: not even an Error of the observer may replace its outcome.
  void completed(String operation, long startNanos, int attempts, @Nullable Throwable failure) {
    try {
      observer.completed(
          new Operation(
              operation,
              Duration.ofNanos(System.nanoTime() - startNanos),
              attempts,
              Optional.ofNullable(failure).map(thrown -> reported(operation, thrown))));
    } catch (Throwable e) {
      LOGGER.error(
          "the OperationObserver {} threw after {}; the operation is not affected",
          observer.getClass().getName(),
          operation,
          e);
    }
  }

  /** An Error, or a defect of the library, reaches the caller as it is. */
  private static PersistenceException reported(String operation, Throwable thrown) {
    return thrown instanceof PersistenceException failure
        ? failure
        : new BackendFailureException("", operation + " failed: " + thrown, thrown);
  }
}
