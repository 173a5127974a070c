package io.odin.persistence.execution;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs of workflows, and the unit of work over all stores. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * process the request.
 */
public interface ExecutionStore {

  /**
   * Applies a transaction: all of it, in one database transaction, or nothing. Idempotent: a
   * transaction that was applied before has the same result.
   *
   * <p>Sizes, shards and the commit id are checked first. If several other conditions fail, the
   * first of this list is reported:
   *
   * <ol>
   *   <li>the lease of the shard is valid
   *   <li>the namespace exists and is not deleted
   *   <li>each run to be updated exists
   *   <li>no run to be created exists
   *   <li>each run to be updated is at the expected version
   *   <li>each run to be updated is open
   *   <li>the current run is the one that the change requires
   *   <li>the visibility record of each run to be updated has the run's type, queue and start
   *   <li>the events begin at the run's next event id, and the base of a new run has all events
   *       that are to be copied
   *   <li>a change that closes its run has seen every signal, and each consumed signal is pending
   *   <li>each query to be answered is stored and has no other answer
   *   <li>the lease of the completed task is valid, and no new task has the id of another one
   *   <li>the lease of the schedule is valid, and nothing else is recorded for its due time
   * </ol>
   *
   * <p>An open run is updated in mode CURRENT if it is the current run and in mode BYPASS_CURRENT
   * if it is not; any other combination is a conflict. The second may become the current run by the
   * change, in place of a closed one. A closed run is never updated. A new run may be created
   * closed, in any mode.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if a workflow id belongs to another
   *     shard, if a run to be updated is closed, if a visibility record disagrees with its run, or
   *     if the commit id was used for other content
   * @throws io.odin.persistence.error.LimitExceededException if a part is too large, or all parts
   *     together are
   * @throws io.odin.persistence.error.ShardOwnershipLostException if the shard has another token,
   *     or the lease has expired
   * @throws io.odin.persistence.error.NotFoundException if the namespace is missing or deleted, or
   *     a run to be updated, or the base of a new run, does not exist
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link RunSummary} of the
   *     run, the {@code TaskKey}, or the {@code ScheduleRun} of the due time, that is to be created
   *     and exists, or the {@code WorkflowQuery} that has another answer
   * @throws io.odin.persistence.error.VersionConflictException if a run is not at the expected
   *     version
   * @throws io.odin.persistence.error.CurrentRunConflictException if the current run is not the one
   *     that the change requires
   * @throws io.odin.persistence.error.HistoryConflictException if the events do not begin at the
   *     run's next event id, or the base of a new run lacks events that are to be copied
   * @throws io.odin.persistence.error.SignalConflictException if a change closes its run and has
   *     not seen every signal, see {@link UpdateRun#signalsSeen}, or consumes one that is not
   *     pending
   * @throws io.odin.persistence.error.LeaseLostException if a query to be answered has expired or
   *     was deleted, or the lease of the task completion or of the schedule advance is not valid
   * @throws io.odin.persistence.error.OutcomeUnknownException if the reply to the COMMIT, which on
   *     PostgreSQL is sent with the transaction, was lost and could not be read back
   */
  CommitResult commit(WorkflowTransaction transaction);

  /**
   * The run with its timers, pending signals and children as of one moment; empty if there is none.
   */
  Optional<RunSnapshot> find(RunKey run);

  /** The current run of a workflow id, open or closed, in constant time; empty if it has none. */
  Optional<RunSummary> findCurrent(WorkflowKey workflow);

  /** The runs of a shard, over all namespaces, ordered by namespace, workflow id and run id. */
  Page<RunSummary> listByShard(int shardId, RunFilter filter, PageRequest page);

  /** The runs of a workflow id, newest first. */
  Page<RunSummary> listRuns(WorkflowKey workflow, PageRequest page);

  /** The runs that a run has started, ordered by the event that started them. */
  Page<RunSummary> listChildren(RunKey parent, PageRequest page);

  /**
   * Imports a run of another system with its whole history, in one transaction that may be larger
   * than a commit. Never changes the current run of the workflow id. The visibility record is
   * stored even if a run of this key, or its record, existed before and was deleted. Idempotent:
   * the same import again has no effect while the run exists, even if others have changed it since.
   *
   * @param shard the lease of the shard that the workflow id belongs to
   * @param run a run with {@code CreateMode.bypassCurrent()} and its whole history, limited only in
   *     the number of events, which a closed run may have twice
   * @throws io.odin.persistence.error.LimitExceededException if a part is too large, or there are
   *     too many events
   * @throws io.odin.persistence.error.AlreadyExistsException with the stored {@code RunSummary} if
   *     the run exists
   * @throws io.odin.persistence.error.ShardOwnershipLostException if the lease is not valid
   */
  void importRun(ShardLease shard, CreateRun run);

  /**
   * Deletes a closed run, or an open one that is not the current run, with all its rows in every
   * table, and the pointer to the current run if it names this run. Idempotent: deleting a run that
   * does not exist has no effect, even if the shard was lost since. One transaction, however large
   * the history; retention deletes large histories in chunks.
   *
   * <p>A tombstone of the visibility record stays until {@link
   * io.odin.persistence.visibility.VisibilityStore#purgeTombstones} deletes it. Until then a commit
   * that creates the same run again stores no visibility record; an import does.
   *
   * @throws io.odin.persistence.error.ShardOwnershipLostException if the lease is not valid
   * @throws io.odin.persistence.error.InvalidRequestException if the run is open and current, or
   *     belongs to another shard than the lease
   */
  void delete(RunKey run, ShardLease shard);

  /**
   * Deletes old commit ids, and the records of other writes, which are kept only so that a request
   * sent again is applied once.
   *
   * @param age only those committed longer ago than this, by the database's clock
   * @param limit maximum number of each of the two, 1 to 1000
   * @return the greater number of deleted records; less than the limit if none is left
   */
  int trimCommits(Duration age, int limit);
}
