package io.odin.persistence.tck.shard;

import io.odin.persistence.shard.Shard;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.shard.ShardStore;
import io.odin.persistence.tck.harness.StoreTck;
import java.time.Duration;

/** What the kits of shard leases share. */
abstract class AbstractShardTck extends StoreTck {

  static final Duration MINUTE = Duration.ofMinutes(1);

  final ShardStore store() {
    return persistence().shards();
  }

  final Shard found(int shardId) {
    return store().find(shardId).orElseThrow();
  }

  /** A lease of A that has expired. */
  final ShardLease expired(int shardId) {
    ShardLease lease = acquired(shardId, "A", SHORT);
    awaitExpiry(lease);
    return lease;
  }
}
