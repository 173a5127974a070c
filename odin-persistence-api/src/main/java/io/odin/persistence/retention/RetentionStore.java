package io.odin.persistence.retention;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;

/**
 * Deletes closed runs when the retention of their namespace has expired, and rows of runs that do
 * not exist. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * process the request.
 */
public interface RetentionStore {

  /**
   * The expired runs of a shard, over all namespaces, ordered by namespace, end, workflow id and
   * run id. A closed run has expired when its end plus the present retention of its namespace is
   * not after the database's now. A retention of 0 days keeps runs for ever. In a deleted namespace
   * the last retention applies, until {@link #purge} deletes all of it.
   */
  Page<ExpiredRun> findExpired(int shardId, PageRequest page);

  /**
   * Archives a closed run, if its namespace is configured so, and deletes it. Does not check
   * whether the run has expired. The steps:
   *
   * <ol>
   *   <li>The archiver stores the run.
   *   <li>The run is read from the archive: it must be the same run with the same events.
   *   <li>The run is marked as archived, with the SHA-256 of its events. Nothing is deleted before.
   *   <li>The rows are deleted in transactions of at most 1000 rows, each under the fence of the
   *       shard: events in ascending order, timers, signals, queries, tags, visibility, the pointer
   *       to the current run if it names this run, and finally the run itself.
   * </ol>
   *
   * <p>After a failure, the same call resumes:
   *
   * <ul>
   *   <li>A marked run is not archived again. While its namespace archives, it is read from the
   *       archive again: the deletion continues if that fits the mark.
   *   <li>A run whose deletion began without an archive is deleted without one, even if its
   *       namespace is now configured to archive.
   *   <li>Until the deletion is complete, readers find the run without the beginning of its
   *       history; {@code history().validate} reports that.
   * </ul>
   *
   * <p>If the run does not exist, its remaining rows are deleted: those that {@link #findOrphans}
   * finds. Queued tasks of the run remain; their pollers find no run.
   *
   * @param archiver receives the run with its events if the namespace archives histories, or
   *     without them if it archives visibility only; not called otherwise
   * @return the number of deleted rows; 0 if there were none
   * @throws io.odin.persistence.error.ShardOwnershipLostException if the lease is not valid
   * @throws io.odin.persistence.error.InvalidRequestException if the run is open, or belongs to
   *     another shard than the lease
   * @throws io.odin.persistence.error.UnavailableException ARCHIVE if the archiver failed; if what
   *     it reads is not what was stored; or an event was missing while it read: the history is
   *     damaged, or another caller has archived the run in the meantime and is deleting it. This
   *     call has deleted nothing, and the archive keeps the run
   * @throws io.odin.persistence.error.NotFoundException if another caller has archived and deleted
   *     the run while the archiver read it
   */
  long archiveAndDelete(RunKey run, ShardLease shard, Archiver archiver);

  /**
   * Finds rows of runs that do not exist, over all shards and namespaces, ordered by part,
   * namespace, workflow id and run id. Such rows remain after a table was restored alone, or after
   * rows were written with SQL.
   *
   * @param page its limit is the number of rows that are examined, so that no call takes long: a
   *     page may have fewer orphans, or none, and have a next page
   */
  Page<Orphan> findOrphans(PageRequest page);

  /**
   * Finds the namespaces that are deleted and not purged, and those that do not exist and of which
   * rows are stored all the same, ordered by id.
   *
   * @param age leaves out the namespaces that were deleted less than this before the database's now
   * @param page its limit is the number of namespaces that are examined, so that no call takes
   *     long: a page may have fewer namespaces, or none, and have a next page
   */
  Page<NamespaceRemains> findRemains(Duration age, PageRequest page);

  /**
   * Deletes rows of a namespace that is deleted or does not exist, in one transaction: tasks,
   * schedules, the parts of runs, runs whether open or closed, commits, search attributes; and
   * finally the record of the deletion. Archives nothing: what is to be kept is archived with
   * {@link #archiveAndDelete} before. Needs no lease, since nothing is accepted in such a
   * namespace; what a commit has written that was in progress during the deletion is found by the
   * next call.
   *
   * <p>Idempotent: call it until it returns 0.
   *
   * @param limit maximum number of rows, 1 to 1000
   * @return the number of deleted rows; 0 if nothing is left
   * @throws io.odin.persistence.error.InvalidRequestException if the namespace is not deleted
   */
  int purge(NamespaceId namespace, int limit);
}
