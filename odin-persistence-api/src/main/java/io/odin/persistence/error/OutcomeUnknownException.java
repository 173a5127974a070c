package io.odin.persistence.error;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a write was lost and could not be read back. Sending the very same request again
 * settles it: it is applied once. There are two exceptions, which say so: tasks without an id of
 * the caller are enqueued a second time, and a poll that happened keeps its tasks under a lease.
 */
public final class OutcomeUnknownException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final @Nullable UUID commitId;

  /**
   * Names the request.
   *
   * @param operation what was asked for
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
