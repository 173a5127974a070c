package io.odin.persistence.shard;

/** The result of an attempt to acquire a shard. */
public sealed interface ShardAcquisition {

  /**
   * The caller owns the shard.
   *
   * @param lease the lease, to be renewed before it expires
   */
  record Acquired(ShardLease lease) implements ShardAcquisition {}

  /**
   * Another owner holds a live lease.
   *
   * @param shard the shard, with its owner and the end of the lease
   */
  record HeldByAnother(Shard shard) implements ShardAcquisition {}
}
