package io.odin.persistence.shard;

/** The outcome of an attempt to acquire a shard. */
public sealed interface ShardAcquisition {

  /**
   * The caller holds the shard.
   *
   * @param lease to be renewed before it expires
   */
  record Acquired(ShardLease lease) implements ShardAcquisition {}

  /**
   * Another owner holds a live lease.
   *
   * @param shard who, and until when
   */
  record HeldByAnother(Shard shard) implements ShardAcquisition {}
}
