package io.odin.persistence.shard;

import io.odin.persistence.internal.Require;
import java.time.Instant;

/**
 * The exclusive right to write to a shard, until it expires or another owner takes over.
 *
 * @param shardId the shard
 * @param owner the owner
 * @param fenceToken rises with each change of ownership; every write names it
 * @param expiresAt when it ends unless renewed, by the database's clock
 */
public record ShardLease(int shardId, String owner, long fenceToken, Instant expiresAt) {

  /** Checks every field. */
  public ShardLease {
    Require.between("shardId", shardId, 0, Integer.MAX_VALUE);
    Require.id("owner", owner);
    Require.between("fenceToken", fenceToken, 0, Long.MAX_VALUE);
    expiresAt = Require.instant("expiresAt", expiresAt);
  }
}
