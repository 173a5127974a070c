package io.odin.persistence.error;

import java.util.Objects;
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

  private volatile Outcome outcome;
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

  /**
   * Replaces the outcome: for backends, before they throw the exception, if more has happened than
   * its type says.
   *
   * @return this exception
   */
  public final PersistenceException withOutcome(Outcome value) {
    outcome = value;
    return this;
  }

  /** One clear line, and what was applied if that is not the rule for this type. */
  @Override
  public final String getMessage() {
    String message = Objects.requireNonNullElse(super.getMessage(), "");
    return switch (outcome) {
      case NOT_APPLIED, UNKNOWN -> message;
      case PARTLY_APPLIED ->
          message + " (a part of the operation was applied before; the same request continues it)";
      case APPLIED -> message + " (the same request was applied before, and deleted since)";
    };
  }

  /** What the caller may do next. */
  public final Retry retry() {
    return retry;
  }
}
