package io.odin.persistence.schedule;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.namespace.NamespaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Schedules and the outcomes of their due times. The database's clock decides what is due.
 * Schedulers claim due times under leases, start the runs, and move the schedules on; at most one
 * run is started for each due time, if it is started by a commit that moves the schedule on ({@link
 * io.odin.persistence.execution.WorkflowTransaction.Builder#advances}). Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, {@link io.odin.persistence.error.LimitExceededException} for a payload that is too
 * large, and {@link io.odin.persistence.error.UnavailableException} when the database cannot take
 * the request. Every method is one transaction, unless it says otherwise.
 */
public interface ScheduleStore {

  /**
   * Creates a schedule at version 1, due for the first time after the database's now. Creating it
   * again with the same id and content returns the stored one.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the cron expression cannot be
   *     read, or names a day that never comes
   * @throws io.odin.persistence.error.AlreadyExistsException with the stored {@link Schedule}, if
   *     the id is used or the name taken by another
   */
  Schedule create(NewSchedule schedule);

  /** The schedule; empty if there is none. */
  Optional<Schedule> find(ScheduleKey schedule);

  /** The schedule of that name; empty if there is none. */
  Optional<Schedule> findByName(NamespaceId namespace, String name);

  /**
   * The schedules of those names, each once, in the order of the names; names that no schedule has
   * are skipped.
   *
   * @param names at most 1000
   */
  List<Schedule> findAll(NamespaceId namespace, Collection<String> names);

  /** The schedules of the namespace, ordered by name. */
  Page<Schedule> list(NamespaceId namespace, PageRequest page);

  /**
   * Replaces the definition; what is left out is cleared. The next due time is computed again from
   * the database's now. A due time that was claimed or waited to be claimed is dropped, and its
   * lease no longer holds.
   *
   * @return the schedule at its new version
   * @throws io.odin.persistence.error.InvalidRequestException as {@link #create}
   * @throws io.odin.persistence.error.VersionConflictException if the stored version is another
   * @throws io.odin.persistence.error.NotFoundException if there is no such schedule
   */
  Schedule update(ScheduleKey schedule, ScheduleDefinition definition, long expectedVersion);

  /**
   * Keeps the schedule from being claimed. What is claimed already may still be dealt with. Pausing
   * a paused one changes its note only, and nothing if that is the same.
   *
   * @param note why, at most 4000 characters
   * @return the schedule as it is stored now
   * @throws io.odin.persistence.error.NotFoundException if there is no such schedule
   */
  Schedule pause(ScheduleKey schedule, String note);

  /**
   * Lets the schedule be claimed again. Due times that came during the pause are dropped: the next
   * one is computed from the database's now. A due time that was claimed before the pause and is
   * not dealt with yet is dropped too; its lease no longer holds. Resuming one that is not paused
   * has no effect.
   *
   * @return the schedule as it is stored now
   * @throws io.odin.persistence.error.NotFoundException if there is no such schedule
   */
  Schedule resume(ScheduleKey schedule);

  /**
   * Deletes the schedule and its history; the runs that it started stay. Deleting what is not there
   * changes nothing. The oldest records go first, at most 1000 in a transaction, and the schedule
   * with the last of them. If that ends half way, the schedule is there, with the rest of its
   * history, and is claimed when it is due; the same call goes on.
   */
  void delete(ScheduleKey schedule);

  /**
   * The due times of a definition, which need not be stored: a preview.
   *
   * @param after the due times are later than this; an interval without a start is counted from
   *     here
   * @param count the maximum number, 1 to 1000
   * @return rising; fewer than asked for if no more come
   * @throws io.odin.persistence.error.InvalidRequestException as {@link #create}
   */
  List<Instant> dueTimes(ScheduleDefinition definition, Instant after, int count);

  /**
   * Leases schedules of all namespaces that are due and have no live lease, those first that are
   * due longest. Several schedulers never wait for each other. A due time whose lease runs out is
   * claimed again, the same one.
   *
   * <p>Due times older than the catch-up window are dropped, together: the first of them is
   * recorded as {@link ScheduleResult#MISSED}, and the schedule moves on to the first that is not.
   * A schedule that cannot be read, because someone has written to the table, is paused with a note
   * that says why. Each is one transaction; so is the claim.
   *
   * @param owner who claims
   * @param leaseFor the leases end at the database's now + this
   * @param limit the maximum number, 1 to 1000
   * @return one due time of each schedule, ordered by due time; empty if nothing is due
   */
  List<DueSchedule> claimDue(String owner, Duration leaseFor, int limit);

  /**
   * Records the outcome of a claimed due time, and moves the schedule on to the next one; the lease
   * ends. Idempotent: the same call again has no effect. A run that is to be started for the due
   * time is better started by a commit that does this itself.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the run is of another namespace
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link ScheduleRun} if
   *     something else is recorded for the due time
   * @throws io.odin.persistence.error.LeaseLostException EXPIRED if the lease ran out and no
   *     scheduler took over, TAKEN_OVER if one did, GONE if the schedule is not there, was changed,
   *     or is not leased any more
   */
  void advance(ScheduleLease lease, DueOutcome outcome);

  /**
   * Records how a run ended that a schedule started. The first result stays.
   *
   * @param run as it was started, whatever runs continued it
   * @param result how it ended; neither SKIPPED nor MISSED
   * @param message what there is to say about it, at most 4000 characters; may be empty
   * @return whether it was recorded: not if no schedule started the run, or it has a result already
   */
  boolean recordResult(RunKey run, ScheduleResult result, String message);

  /** The outcomes of the due times of a schedule, the latest first. */
  Page<ScheduleRun> history(ScheduleKey schedule, PageRequest page);

  /** The due times of a namespace whose runs have no result yet, ordered by due time. */
  Page<ScheduleRun> pending(NamespaceId namespace, PageRequest page);

  /**
   * Deletes the oldest records of a schedule's history. Those of runs without a result stay,
   * however old: the result is still to be recorded.
   *
   * @param keep how many of the latest stay, with a result or without, 0 to 1,000,000
   * @param limit the maximum number to be deleted, 1 to 1000
   * @return how many were deleted
   */
  int trimHistory(ScheduleKey schedule, int keep, int limit);
}
