package io.odin.persistence.shard;

import java.time.Instant;
import java.util.Optional;

/**
 * A shard as it is stored, owned or not.
 *
 * @param shardId the shard
 * @param owner who holds it, or held it last and let the lease run out; empty if it is free
 * @param fenceToken the token of the last ownership, 0 if it was never owned
 * @param leaseExpiresAt when the owner's lease ends; in the past if it was left to run out
 * @param acquiredAt since when the owner holds it
 * @param lastHeartbeat when the owner last acquired or renewed it
 */
public record Shard(
    int shardId,
    Optional<String> owner,
    long fenceToken,
    Optional<Instant> leaseExpiresAt,
    Optional<Instant> acquiredAt,
    Optional<Instant> lastHeartbeat) {}
