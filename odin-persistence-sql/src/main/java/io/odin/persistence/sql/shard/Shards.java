package io.odin.persistence.sql.shard;

import io.odin.persistence.internal.Require;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.shard.ShardStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The area of shards, their leases and their fences. Thread-safe. */
public final class Shards {

  private final ShardStore store;
  private final ShardFence fence;
  private final int count;

  /**
   * Makes the statements and the store.
   *
   * @param count how many shards the database has
   */
  public Shards(Database database, Statements statements, int count) {
    this.count = count;
    ShardSql sql = new ShardSql(statements);
    fence = new ShardFence(sql, count);
    store = new SqlShardStore(database, sql, count);
  }

  /** The store of the API. */
  public ShardStore store() {
    return store;
  }

  /** What every transaction under a lease begins with. */
  public ShardFence fence() {
    return fence;
  }

  /**
   * Leases by their shards, in the order in which all lock these.
   *
   * @param field how a refusal names the leases
   * @throws io.odin.persistence.error.InvalidRequestException if a lease is null, or two are of one
   *     shard
   */
  public static SortedMap<Integer, ShardLease> byShard(String field, List<ShardLease> leases) {
    SortedMap<Integer, ShardLease> byShard = new TreeMap<>();
    for (ShardLease lease : Require.nonNull(field, leases)) {
      int shardId = Require.nonNull(field, lease).shardId();
      Require.that(
          byShard.put(shardId, lease) == null,
          field,
          () -> "name shard " + shardId + " twice: name each shard once");
    }
    return byShard;
  }

  /**
   * Refuses a shard that does not exist.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if it does not
   */
  public void requireShard(int shardId) {
    Require.between("shardId", shardId, 0, count - 1L);
  }
}
