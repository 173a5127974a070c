package io.odin.persistence.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fencing token is no longer valid: the shard has a newer token, or the lease has expired. Step
 * down.
 */
public final class ShardOwnershipLostException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final int shardId;
  private final long expectedToken;
  private final long actualToken;
  private final @Nullable String owner;

  /**
   * Reports the owner of the shard.
   *
   * @param shardId the shard
   * @param expectedToken the fencing token of the caller
   * @param actualToken the shard's token; equal to the caller's if only the lease has expired
   * @param owner the owner of the shard, or null if it has none
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

  /** The owner of the shard; empty if it has none. */
  public Optional<String> owner() {
    return Optional.ofNullable(owner);
  }
}
