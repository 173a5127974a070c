package io.odin.persistence.retention;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.shard.ShardLease;

/**
 * Deletes closed runs when their namespace's retention has expired, and what was left of runs that
 * were deleted. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * take the request.
 */
public interface RetentionStore {

  /**
   * The runs of a shard, over all namespaces, that are closed and whose end plus the retention that
   * their namespace has now is not after the database's now; ordered by namespace, end, workflow id
   * and run id. A retention of 0 days keeps runs for ever. Runs of deleted namespaces follow the
   * last retention of the namespace.
   */
  Page<ExpiredRun> findExpired(int shardId, PageRequest page);

  /**
   * Archives a closed run if its namespace asks for it, and deletes everything of it. Does not
   * check again whether its retention has expired. The steps:
   *
   * <ol>
   *   <li>If its namespace asks for an archive, the archiver stores the run, and then the run is
   *       marked as archived. Nothing is deleted before.
   *   <li>The run is deleted in transactions of at most 1000 rows, each under the fence of the
   *       shard: its events from the first to the last, timers, signals, queries, tags, visibility,
   *       the pointer to the current run if it points here, and last the run itself.
   * </ol>
   *
   * <p>If a call ends before the last step, the same call continues the deletion:
   *
   * <ul>
   *   <li>A run that is marked is not archived again.
   *   <li>A run whose deletion began without an archive is deleted without one, even if its
   *       namespace asks for one now.
   *   <li>Until it is deleted, readers find the run with the beginning of its history missing,
   *       which {@code history().validate} reports.
   * </ul>
   *
   * <p>If there is no such run, everything that is left of it in any part is deleted. This is how
   * the orphans that {@link #findOrphans} returns are deleted. Tasks of the run that are still
   * queued stay; their pollers find no run.
   *
   * @param archiver where the run goes if its namespace archives histories, with its events, or
   *     visibility, without them; not called otherwise
   * @return how many rows were deleted; 0 if there was nothing
   * @throws io.odin.persistence.error.ShardOwnershipLostException if the lease does not hold
   * @throws io.odin.persistence.error.InvalidRequestException if the run is open, or belongs to
   *     another shard than the lease
   * @throws io.odin.persistence.error.UnavailableException ARCHIVE if the archiver failed, or an
   *     event was missing while it read: the history is damaged, or someone else has archived the
   *     run meanwhile and is deleting it. What is in the archive stays, and nothing was deleted
   * @throws io.odin.persistence.error.NotFoundException if someone else has archived and deleted
   *     the run while the archiver read it
   */
  long archiveAndDelete(RunKey run, ShardLease shard, Archiver archiver);

  /**
   * Finds what belongs to a run that does not exist: after a table was restored alone, or after
   * rows were written by hand. Over all shards and namespaces, ordered by part, namespace, workflow
   * id and run id.
   *
   * @param page its limit says how many rows are examined, so that no call takes long: a page may
   *     have fewer orphans than that, or none, and still be followed by another
   */
  Page<Orphan> findOrphans(PageRequest page);
}
