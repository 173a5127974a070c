package io.odin.persistence.error;

import org.jspecify.annotations.Nullable;

/**
 * The database could not process the request now; nothing was applied, and the same request may be
 * sent again.
 */
public final class UnavailableException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * Wraps the error of the driver or the pool.
   *
   * @param reason why
   * @param message one clear line
   * @param cause the driver's own exception
   */
  public UnavailableException(Reason reason, String message, @Nullable Throwable cause) {
    super(Outcome.NOT_APPLIED, Retry.SAME_REQUEST, message, cause);
    this.reason = reason;
  }

  /** Why the database could not process the request. */
  public Reason reason() {
    return reason;
  }

  /** The reasons why a database cannot process a request. */
  public enum Reason {
    /** Chosen as the victim of a deadlock, more often than the bounded retry allows. */
    DEADLOCK,
    /** A serialization failure, more often than the bounded retry allows. */
    SERIALIZATION,
    /** A lock was not granted within the configured time. */
    LOCK_TIMEOUT,
    /** A statement took longer than the configured time and was cancelled. */
    STATEMENT_TIMEOUT,
    /** No connection became free within the configured time. */
    POOL_EXHAUSTED,
    /**
     * Searches and other large reads have half of the connections, and none became free in time.
     */
    SEARCHES_EXHAUSTED,
    /** The server cannot be reached, or closed the connection before the commit. */
    CONNECTION,
    /** The server accepts no writes: a replica, or a node after a failover. */
    READ_ONLY,
    /** The server is out of disk, memory or connections. */
    RESOURCES,
    /** The archive did not accept a run that must be archived before it is deleted. */
    ARCHIVE
  }
}
