package io.odin.persistence.schedule;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Schedules, and the outcomes of their due times. The database's clock decides which are due.
 * Schedulers claim due times under leases, start the runs, and advance the schedules; each due time
 * starts at most one run if a commit starts it that advances the schedule ({@link
 * io.odin.persistence.execution.WorkflowTransaction.Builder#advances}). Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, {@link io.odin.persistence.error.LimitExceededException} for a payload that is too
 * large, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * process the request. Every method is one transaction unless stated otherwise.
 */
public interface ScheduleStore {

  /**
   * Creates a schedule at version 1, due for the first time after the database's now. Idempotent:
   * the same id and content return the stored schedule, even if others have changed it since.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the cron expression cannot be
   *     read, or names a day that does not exist, or if the namespace has not registered the search
   *     attributes with the types of their values: the runs could not be stored with them
   * @throws io.odin.persistence.error.AlreadyExistsException with the stored {@link Schedule}, if
   *     the id or the name belongs to another one
   */
  Schedule create(NewSchedule schedule);

  /** The schedule; empty if there is none. */
  Optional<Schedule> find(ScheduleKey schedule);

  /** The schedule with that name; empty if there is none. */
  Optional<Schedule> findByName(NamespaceId namespace, String name);

  /**
   * The schedules with those names, each once, in the order of the names; names without a schedule
   * are skipped.
   *
   * @param names at most 1000
   * @throws io.odin.persistence.error.LimitExceededException if those found exceed {@link
   *     io.odin.persistence.Limits#pageBytes()} together: name fewer
   */
  List<Schedule> findAll(NamespaceId namespace, Collection<String> names);

  /**
   * The schedules of the namespace, ordered by name. One that cannot be read, because another
   * program has written what no store would, is left out; {@link #find} says what is wrong with it.
   */
  Page<Schedule> list(NamespaceId namespace, PageRequest page);

  /**
   * Replaces the definition; properties that are left out are cleared. The next due time is
   * computed again from the database's now. A due time that is claimed or waits to be claimed is
   * dropped, recorded as {@link ScheduleResult#MISSED}, and its lease ends. An equal definition
   * changes nothing, neither the version nor the due time that waits.
   *
   * <p>Idempotent: the same update of the same version again has no effect, even if others have
   * changed the schedule since. If it was deleted since, the exception has the outcome {@link
   * io.odin.persistence.error.Outcome#APPLIED}.
   *
   * @return the schedule at its new version, or as it is now
   * @throws io.odin.persistence.error.InvalidRequestException as {@link #create}; search attributes
   *     that the schedule has already are not refused, though they were removed since
   * @throws io.odin.persistence.error.VersionConflictException if the stored version is another
   * @throws io.odin.persistence.error.NotFoundException if there is no such schedule
   */
  Schedule update(ScheduleKey schedule, ScheduleDefinition definition, long expectedVersion);

  /**
   * Pauses the schedule: it is not claimed any more. A due time that is claimed already may still
   * be completed. Pausing a paused schedule changes its note; the same note has no effect.
   *
   * @param note the reason, at most 4000 characters
   * @return the stored schedule
   * @throws io.odin.persistence.error.NotFoundException if there is no such schedule
   */
  Schedule pause(ScheduleKey schedule, String note);

  /**
   * Resumes a paused schedule. The next due time is computed from the database's now: those that
   * passed during the pause are dropped, and so is one that was claimed before the pause and has no
   * outcome, whose lease ends; the first of them is recorded as {@link ScheduleResult#MISSED}.
   * Idempotent: a schedule that is not paused stays as it is.
   *
   * @return the stored schedule
   * @throws io.odin.persistence.error.NotFoundException if there is no such schedule
   */
  Schedule resume(ScheduleKey schedule);

  /**
   * Requests a due time outside of the spec: the database's now, or the first later microsecond
   * that is no due time. It is claimed, recorded and counted like others, but without jitter, and
   * before those that wait; it is never dropped for its age. A claim that is in progress ends, and
   * its due time is claimed again. An update and the end of a pause drop it as they drop others.
   *
   * <p>Idempotent: the same request again has no effect.
   *
   * @param requestId the caller's id of the request, different for each
   * @return the stored schedule, with the due time in {@link Schedule#requestedAt}
   * @throws io.odin.persistence.error.InvalidRequestException if the schedule is paused, has no
   *     remaining actions, or 1000 requested due times wait
   * @throws io.odin.persistence.error.NotFoundException if there is no such schedule, or its
   *     namespace is deleted
   */
  Schedule trigger(ScheduleKey schedule, UUID requestId);

  /**
   * Requests the due times of a past interval again, as far as they have no record, or only that
   * they were {@link ScheduleResult#MISSED}, which is deleted. They are computed from the present
   * definition, also for times before its creation; those that are due now or later are not among
   * them, since they are claimed anyway. They are claimed one after the other, the earliest first,
   * before those that wait, so that the engine applies the overlap policy to each; otherwise they
   * are as those of {@link #trigger}.
   *
   * <p>Idempotent: the same request again has no effect.
   *
   * @param from the first instant of the interval
   * @param to the last instant of the interval
   * @param requestId the caller's id of the request, different for each
   * @return the stored schedule, with the due times in {@link Schedule#requestedAt}
   * @throws io.odin.persistence.error.InvalidRequestException if {@code to} is before {@code from},
   *     the interval has more than 1000 due times, or together with those that wait there are more;
   *     or as {@link #trigger}
   * @throws io.odin.persistence.error.NotFoundException as {@link #trigger}
   */
  Schedule backfill(ScheduleKey schedule, Instant from, Instant to, UUID requestId);

  /**
   * Deletes the schedule and its history; the runs that it started remain. Idempotent: deleting a
   * schedule that does not exist has no effect. Deletes the oldest records first, at most 1000 in a
   * transaction, and the schedule with the last of them. After a failure the schedule exists with
   * the rest of its history, and is claimed when it is due; the same call resumes.
   */
  void delete(ScheduleKey schedule);

  /**
   * Computes the due times of a definition, stored or not: a preview.
   *
   * @param after exclusive lower bound of the due times; an interval without a start is counted
   *     from here
   * @param count maximum number, 1 to 1000
   * @return the due times, ascending; fewer if there are no more
   * @throws io.odin.persistence.error.InvalidRequestException as {@link #create}
   */
  List<Instant> dueTimes(ScheduleDefinition definition, Instant after, int count);

  /**
   * Claims due schedules of all namespaces that have no live lease, the longest due first.
   * Schedulers never wait for each other. A due time whose lease expires is claimed again.
   *
   * <p>Due times older than the catch-up window are dropped together: the first of them is recorded
   * as {@link ScheduleResult#MISSED}, and the schedule advances to the first one within the window.
   * A schedule that cannot be read, because it was written with SQL, is paused with a note of the
   * reason. Each of these is one transaction; so is the claim.
   *
   * @param owner the scheduler
   * @param leaseFor the leases end at the database's now + this
   * @param limit maximum number, 1 to 1000; fewer are claimed, but at least one, if their
   *     definitions exceed {@link io.odin.persistence.Limits#pageBytes()} together
   * @return one due time of each schedule, ordered by due time; empty if nothing is due
   */
  List<DueSchedule> claimDue(String owner, Duration leaseFor, int limit);

  /**
   * Records the outcome of a claimed due time and advances the schedule to the next one; the lease
   * ends. Idempotent: the same outcome again has no effect. To start a run for the due time, prefer
   * a commit that advances the schedule itself.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the run is of another namespace
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link ScheduleRun} if
   *     another outcome is recorded for the due time
   * @throws io.odin.persistence.error.LeaseLostException EXPIRED if the lease has expired and has
   *     no successor, TAKEN_OVER if another owner has a newer lease, GONE if the schedule was
   *     deleted or changed, or is no longer leased
   */
  void advance(ScheduleLease lease, DueOutcome outcome);

  /**
   * Records the result of a run that a schedule started. The first result is final.
   *
   * @param run the run that was started, even if other runs have continued it
   * @param result the result; neither SKIPPED nor MISSED
   * @param message for operators, at most 4000 characters; may be empty
   * @return whether it was recorded: false if no schedule started the run, or it has a result
   *     already
   */
  boolean recordResult(RunKey run, ScheduleResult result, String message);

  /** The outcomes of the due times of a schedule, the latest first. */
  Page<ScheduleRun> history(ScheduleKey schedule, PageRequest page);

  /** The due times of a namespace whose runs have no result yet, ascending. */
  Page<ScheduleRun> pending(NamespaceId namespace, PageRequest page);

  /**
   * Deletes the oldest records of a schedule's history. Records of runs without a result remain,
   * however old, since the result is still to be recorded.
   *
   * @param keep the number of latest records that remain, with or without a result, 0 to 1,000,000
   * @param limit maximum number, 1 to 1000
   * @return the number of deleted records
   */
  int trimHistory(ScheduleKey schedule, int keep, int limit);
}
