package io.odin.persistence.shard;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored shard, owned or not.
 *
 * @param shardId the shard
 * @param owner the owner, also if its lease has expired; empty if the shard is free
 * @param fenceToken the token of the last ownership, 0 if it was never owned
 * @param leaseExpiresAt the end of the owner's lease; in the past if it has expired
 * @param acquiredAt when the owner acquired it
 * @param lastHeartbeat when the owner last acquired or renewed it
 */
public record Shard(
    int shardId,
    Optional<String> owner,
    long fenceToken,
    Optional<Instant> leaseExpiresAt,
    Optional<Instant> acquiredAt,
    Optional<Instant> lastHeartbeat) {}
