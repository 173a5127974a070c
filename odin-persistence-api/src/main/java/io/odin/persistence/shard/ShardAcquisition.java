package io.odin.persistence.shard;

/** What came of trying to acquire a shard: it is ours, or it is another's. */
public sealed interface ShardAcquisition {

  /**
   * The shard is ours.
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
