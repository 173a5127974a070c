package io.odin.persistence.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions that a store throws. Sealed, so that a {@code switch} over it is
 * complete.
 *
 * <p>No message, accessor or cause chain built by this library holds a payload or a password.
 */
public abstract sealed class PersistenceException extends RuntimeException
    permits InvalidRequestException,
        LimitExceededException,
        NotFoundException,
        AlreadyExistsException,
        VersionConflictException,
        CurrentRunConflictException,
        HistoryConflictException,
        SignalConflictException,
        ShardOwnershipLostException,
        LeaseLostException,
        UnavailableException,
        OutcomeUnknownException,
        SchemaMismatchException,
        UnsupportedCapabilityException,
        PersistenceClosedException,
        BackendFailureException {

  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final Retry retry;

  PersistenceException(Outcome outcome, Retry retry, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.outcome = outcome;
    this.retry = retry;
  }

  /** Whether the operation changed anything. */
  public final Outcome outcome() {
    return outcome;
  }

  /** What the caller may do next. */
  public final Retry retry() {
    return retry;
  }
}
