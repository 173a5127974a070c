package io.odin.persistence.error;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a COMMIT was lost and could not be read back. Sending the same transaction with the
 * same commit id settles it: it is applied once.
 */
public final class OutcomeUnknownException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final UUID commitId;

  /**
   * Names the transaction.
   *
   * @param commitId the id under which to ask or to send again
   * @param cause the driver's own exception
   */
  public OutcomeUnknownException(UUID commitId, @Nullable Throwable cause) {
    super(
        Outcome.UNKNOWN,
        Retry.SAME_REQUEST,
        "the reply to commit "
            + commitId
            + " was lost: send the same transaction again to settle it",
        cause);
    this.commitId = commitId;
  }

  /** The id under which to send the same transaction again. */
  public UUID commitId() {
    return commitId;
  }
}
