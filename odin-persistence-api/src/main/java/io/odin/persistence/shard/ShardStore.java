package io.odin.persistence.shard;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Leases on shards. The database's clock alone decides when a lease begins and ends. A fencing
 * token never falls, and rises by one whenever a shard gets a new lease. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument or a shard that does not exist, and {@link
 * io.odin.persistence.error.UnavailableException} when the database cannot take the request.
 */
public interface ShardStore {

  /**
   * Makes the shards 0 to count - 1, unowned. The same count again changes nothing.
   *
   * @throws io.odin.persistence.error.SchemaMismatchException if there are shards already, in
   *     another number
   */
  void initialize(int count);

  /**
   * Takes a shard that is free or whose lease has expired (token + 1), or renews a live lease of
   * the same owner (same token). Waits for commits in flight under the old token, so that none of
   * them lands after the new owner has its lease.
   *
   * @param timeToLive the lease ends at the database's now + this
   */
  ShardAcquisition acquire(int shardId, String owner, Duration timeToLive);

  /**
   * Takes up to {@code maximum} shards that are free or expired, in one transaction; shards that
   * another process is taking at this moment are skipped.
   *
   * @return the new leases ordered by shard; empty if there is nothing to take
   */
  List<ShardLease> acquireAny(String owner, int maximum, Duration timeToLive);

  /**
   * Extends a live lease to the database's now + timeToLive. Never waits for commits.
   *
   * @return the lease with its new expiry and the same token
   * @throws io.odin.persistence.error.LeaseLostException EXPIRED if it ran out and no owner took
   *     over, TAKEN_OVER if another did, GONE if it was released
   */
  ShardLease renew(ShardLease lease, Duration timeToLive);

  /**
   * Gives the shard up; its token stays. Releasing it again changes nothing.
   *
   * @throws io.odin.persistence.error.LeaseLostException TAKEN_OVER if someone else has taken over
   */
  void release(ShardLease lease);

  /** The shard; empty if there is none of that number. */
  Optional<Shard> find(int shardId);

  /** All shards, unowned ones too, ordered by number. */
  Page<Shard> list(PageRequest page);

  /** The live leases of an owner, ordered by shard; empty if it has none. */
  List<ShardLease> listOwned(String owner);

  /**
   * Clears the owner of shards whose lease has expired: housekeeping for reports, never needed for
   * a take-over.
   *
   * @param limit the maximum number, 1 to 1000
   * @return how many were cleared
   */
  int reclaimExpired(int limit);

  /**
   * Raises the token of every shard and ends every lease: for an administrator who has restored a
   * backup, so that no owner from before goes on writing.
   *
   * @return how many shards there are
   */
  int bumpAllTokens();
}
