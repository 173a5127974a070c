package io.odin.persistence.error;

import org.jspecify.annotations.Nullable;

/**
 * The database refused a statement for a reason outside of the request: a missing privilege, a
 * missing table, a broken constraint. Nothing was applied. An operator, or a fix of this library,
 * must remove the cause.
 */
public final class BackendFailureException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String sqlState;

  /**
   * Wraps the driver's error.
   *
   * @param sqlState the SQLSTATE, or an empty text where the backend has none
   * @param message one clear line
   * @param cause the driver's own exception
   */
  public BackendFailureException(String sqlState, String message, @Nullable Throwable cause) {
    super(Outcome.NOT_APPLIED, Retry.NEVER, message, cause);
    this.sqlState = sqlState;
  }

  /** The SQLSTATE, or an empty text where the backend has none. */
  public String sqlState() {
    return sqlState;
  }
}
