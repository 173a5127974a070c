package io.odin.persistence.shard;

import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Leases on shards. The database's clock alone decides when a lease begins and ends. A fencing
 * token never decreases, and rises by one with each change of ownership. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument or a shard that does not exist, and {@link
 * io.odin.persistence.error.UnavailableException} when the database cannot process the request.
 */
public interface ShardStore {

  /**
   * Creates the shards 0 to count - 1, unowned. Idempotent: the same count again has no effect.
   *
   * @throws io.odin.persistence.error.SchemaMismatchException if another number of shards exists
   */
  void initialize(int count);

  /**
   * Acquires a shard that is free or whose lease has expired (token + 1), or renews a live lease of
   * the same owner (same token). Waits for commits in flight under the old token, so that none of
   * them is applied after the new owner has its lease.
   *
   * @param timeToLive the lease ends at the database's now + this
   */
  ShardAcquisition acquire(int shardId, String owner, Duration timeToLive);

  /**
   * Acquires up to {@code maximum} free or expired shards, in one transaction; skips shards that
   * another owner is acquiring at this moment.
   *
   * @return the new leases ordered by shard; empty if no shard is free
   */
  List<ShardLease> acquireAny(String owner, int maximum, Duration timeToLive);

  /**
   * Extends a live lease to the database's now + timeToLive. Never waits for commits.
   *
   * @return the lease with its new expiry and the same token
   * @throws io.odin.persistence.error.LeaseLostException EXPIRED if it has expired and has no
   *     successor, TAKEN_OVER if another owner has acquired the shard, GONE if it was released
   */
  ShardLease renew(ShardLease lease, Duration timeToLive);

  /**
   * Extends those of several leases that are live, as {@link #renew} does for one: in one
   * transaction with a few round trips, however many there are. Never waits for commits.
   *
   * @param leases of one owner or several, each shard once; may be empty
   * @return the extended leases with their new expiry and the same tokens, ordered by shard; a
   *     lease that is missing has expired, or was taken over or released
   */
  List<ShardLease> renewAll(List<ShardLease> leases, Duration timeToLive);

  /**
   * Releases the shard; its token remains. Idempotent: releasing it again has no effect, even after
   * another owner has acquired it.
   *
   * @throws io.odin.persistence.error.LeaseLostException TAKEN_OVER if another owner has acquired
   *     the shard after this lease had expired
   */
  void release(ShardLease lease);

  /** The shard; empty if there is none with that number. */
  Optional<Shard> find(int shardId);

  /** All shards, unowned ones too, ordered by number. */
  Page<Shard> list(PageRequest page);

  /** The live leases of an owner, ordered by shard; empty if it has none. */
  List<ShardLease> listOwned(String owner);

  /**
   * Clears the owner of shards whose lease has expired. For reports only: a take-over does not need
   * it.
   *
   * @param limit maximum number, 1 to 1000
   * @return the number of cleared shards
   */
  int reclaimExpired(int limit);

  /**
   * Raises the token of every shard and ends every lease: for use after a backup was restored, so
   * that no earlier owner writes any more.
   *
   * @return the number of shards
   */
  int bumpAllTokens();
}
