package io.odin.persistence.error;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a write was lost, and the outcome could not be read back. Sending the same request
 * again settles it: it is applied once. Two operations are exceptions: tasks without an id of the
 * caller are enqueued a second time, and the tasks of a poll that was applied stay leased.
 */
public final class OutcomeUnknownException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final @Nullable UUID commitId;

  /**
   * Reports the request.
   *
   * @param operation the operation, as an observer knows it
   * @param commitId the id of the workflow transaction, or null for a write that is not one
   * @param cause the driver's own exception
   */
  public OutcomeUnknownException(
      String operation, @Nullable UUID commitId, @Nullable Throwable cause) {
    super(
        Outcome.UNKNOWN,
        Retry.SAME_REQUEST,
        "the reply to "
            + operation
            + (commitId == null ? "" : " " + commitId)
            + " was lost: send the same request again to settle it",
        cause);
    this.commitId = commitId;
  }

  /** The id of the workflow transaction to send again; empty for a write that is not one. */
  public Optional<UUID> commitId() {
    return Optional.ofNullable(commitId);
  }
}
