package io.odin.persistence.execution;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.shard.ShardLease;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs of workflows, and the unit of work over all stores. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * take the request.
 */
public interface ExecutionStore {

  /**
   * Applies a transaction: all of it, in one database transaction, or nothing.
   *
   * <p>If several conditions fail, the first one of this list is thrown:
   *
   * <ol>
   *   <li>a workflow id belongs to another shard, or a part is too large
   *   <li>the commit id was used for another content
   *   <li>the shard lease does not hold
   *   <li>a run to be updated does not exist
   *   <li>a run to be created exists
   *   <li>a run to be updated is not at the expected version
   *   <li>a run to be updated is closed
   *   <li>the current run is not what the change needs
   *   <li>the events do not begin at the run's next event id
   *   <li>a change closes its run without having seen every signal, or consumes a signal that is
   *       not pending
   *   <li>a query to be answered has expired, was deleted, or has another answer
   *   <li>a task to be created exists, or the lease of the task completion does not hold
   *   <li>the due time has a record, or the lease of the schedule advance does not hold
   * </ol>
   *
   * <p>An open run is updated in mode CURRENT if it is the current run and in mode BYPASS_CURRENT
   * if it is not; the other way round is a CurrentRunConflict. A closed run is never updated. A new
   * run may be created closed, in any mode.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if a workflow id belongs to another
   *     shard, if a run to be updated is closed, or if the commit id was used for another content
   * @throws io.odin.persistence.error.LimitExceededException if a part is too large
   * @throws io.odin.persistence.error.ShardOwnershipLostException if the shard is held with another
   *     token, or the lease expired
   * @throws io.odin.persistence.error.NotFoundException if a run to be updated does not exist
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link RunSummary} of the
   *     run, the {@code TaskKey}, or the {@code ScheduleRun} of the due time, that is to be created
   *     and exists, or the {@code WorkflowQuery} that has another answer
   * @throws io.odin.persistence.error.VersionConflictException if a run is not at the expected
   *     version
   * @throws io.odin.persistence.error.CurrentRunConflictException if the current run is not what
   *     the change needs
   * @throws io.odin.persistence.error.HistoryConflictException if the events do not begin at the
   *     run's next event id
   * @throws io.odin.persistence.error.SignalConflictException if a change closes its run and has
   *     not seen every signal, see {@link UpdateRun#signalsSeen}, or consumes one that is not
   *     pending
   * @throws io.odin.persistence.error.LeaseLostException if a query to be answered has expired or
   *     was deleted, or the lease of the task completion or of the schedule advance does not hold
   * @throws io.odin.persistence.error.OutcomeUnknownException if the reply to the COMMIT was lost
   *     and could not be read back
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
   * Deletes a closed run and everything of it in every table, and the pointer to the current run if
   * it points here. Deleting a run that does not exist has no effect. One transaction, however
   * large the history; retention deletes large ones in chunks.
   *
   * <p>A tombstone of its visibility record is kept, see {@link
   * io.odin.persistence.visibility.VisibilityStore#purgeTombstones}. A commit that creates the same
   * run again before the tombstone is purged stores no visibility record; an import stores one.
   *
   * @throws io.odin.persistence.error.ShardOwnershipLostException if the lease does not hold
   * @throws io.odin.persistence.error.InvalidRequestException if the run is open, or belongs to
   *     another shard than the lease
   */
  void delete(RunKey run, ShardLease shard);

  /**
   * Deletes commit ids, which are kept only so that a transaction sent again is applied once.
   *
   * @param age only those committed longer ago than this, by the database's clock
   * @param limit the maximum number, 1 to 1000
   * @return how many were deleted
   */
  int trimCommits(Duration age, int limit);
}
