package io.odin.persistence.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fence: the shard is no longer held with this token, or the lease has expired. Step down. */
public final class ShardOwnershipLostException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final int shardId;
  private final long expectedToken;
  private final long actualToken;
  private final @Nullable String owner;

  /**
   * Tells who holds the shard.
   *
   * @param shardId the shard
   * @param expectedToken the fencing token of the caller
   * @param actualToken the shard's token; equal to the caller's if only the lease has run out
   * @param owner who holds the shard, or null if no one does
   */
  public ShardOwnershipLostException(
      int shardId, long expectedToken, long actualToken, @Nullable String owner) {
    super(
        Outcome.NOT_APPLIED,
        Retry.NEVER,
        expectedToken == actualToken
            ? "the lease of shard " + shardId + " with token " + expectedToken + " has ended"
            : "shard "
                + shardId
                + " was held with token "
                + expectedToken
                + "; the token is now "
                + actualToken
                + (owner == null ? "" : ", owner " + owner),
        null);
    this.shardId = shardId;
    this.expectedToken = expectedToken;
    this.actualToken = actualToken;
    this.owner = owner;
  }

  /** The shard. */
  public int shardId() {
    return shardId;
  }

  /** The caller's fencing token. */
  public long expectedToken() {
    return expectedToken;
  }

  /** The shard's fencing token. */
  public long actualToken() {
    return actualToken;
  }

  /** Who holds the shard; empty if no one does. */
  public Optional<String> owner() {
    return Optional.ofNullable(owner);
  }
}
