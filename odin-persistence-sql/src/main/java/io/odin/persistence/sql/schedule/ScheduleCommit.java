package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.COMPLETED_AT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.ERROR_MESSAGE;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.EXECUTION_ID;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.RESULT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.STARTED_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LEASE_ID;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.NEXT_RUN_AT;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LeaseLostException.Reason;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.TimeOrderedId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Records the outcome of a due time and moves the schedule on, for the schedule store and for
 * commits alike. Thread-safe.
 */
public final class ScheduleCommit {

  /** Where the record is among the steps. */
  static final int RECORD = 1;

  /** The message of a due time that an update has dropped. */
  static final String CHANGED = "the definition was changed before it had an outcome";

  /** The message of a due time that the end of a pause has dropped. */
  static final String PAUSED = "the schedule was paused before it had an outcome";

  private final ScheduleSql schedules;
  private final ScheduleHistorySql history;

  ScheduleCommit(ScheduleSql schedules, ScheduleHistorySql history) {
    this.schedules = schedules;
    this.history = history;
  }

  /**
   * Locks the schedule, as everyone does who then writes a record of it: a claim that drops this
   * very due time has to wait, or to be waited for, but not both. Then the record: if it is not
   * new, another worker wrote it, and the caller gets it.
   */
  public List<ExpectedStep> advance(ScheduleLease lease, DueOutcome outcome) {
    ScheduleKey schedule = lease.schedule();
    Binds moved =
        ScheduleMapper.due(schedule, lease.dueAt())
            .and(LEASE_ID, lease.leaseId())
            .and(NEXT_RUN_AT, lease.nextDueAt())
            .and(ScheduleSql.ACTIONS, outcome instanceof DueOutcome.Started ? 1L : 0L)
            .and(RESULT, result(outcome).map(ScheduleResult::value));
    return List.of(
        ExpectedStep.unchecked(Step.query(schedules.lockLease, moved, ScheduleCommit::leaseId)),
        new ExpectedStep(
            Step.change(history.insert, newRun(schedule, lease.dueAt(), outcome)),
            1,
            session -> conflict(session, lease)),
        new ExpectedStep(
            Step.change(schedules.advance, moved),
            1,
            session -> Conflict.of(Precedence.SCHEDULE, lost(session, lease))));
  }

  /** Records a due time that a change of its schedule drops. */
  void recordMissed(Session session, ScheduleKey schedule, Instant dueAt, String message)
      throws SQLException {
    session.update(history.insert, missed(schedule, dueAt, message));
  }

  /** The record of a due time that was dropped. */
  Binds missed(ScheduleKey schedule, Instant dueAt, String message) {
    return newRun(schedule, dueAt, Optional.of(ScheduleResult.MISSED), message);
  }

  /**
   * What is recorded for the due time may only be what was to be recorded. A record that was there
   * a moment ago and was trimmed since then says as much: someone else has dealt with it.
   */
  void requireSame(Session session, ScheduleLease lease, DueOutcome outcome) throws SQLException {
    Optional<ScheduleRun> recorded = recorded(session, lease);
    if (recorded.isEmpty()) {
      throw lost(session, lease);
    }
    if (!isSame(recorded.get(), outcome)) {
      throw refusal(session, lease, recorded.get());
    }
  }

  private Optional<ScheduleRun> recorded(Session session, ScheduleLease lease) throws SQLException {
    return session.first(
        history.find, ScheduleMapper.due(lease.schedule(), lease.dueAt()), ScheduleMapper::run);
  }

  /** Whether a record is what such an outcome leaves behind, its result aside if a run has one. */
  private static boolean isSame(ScheduleRun run, DueOutcome outcome) {
    return switch (outcome) {
      case DueOutcome.Started started -> run.run().equals(Optional.of(started.run()));
      case DueOutcome.Skipped skipped ->
          run.result().equals(result(outcome)) && run.message().equals(skipped.reason());
      case DueOutcome.Failed failed ->
          run.run().isEmpty()
              && run.result().equals(result(outcome))
              && run.message().equals(failed.reason());
    };
  }

  private Optional<Conflict> conflict(Session session, ScheduleLease lease) throws SQLException {
    Optional<ScheduleRun> recorded = recorded(session, lease);
    return recorded.isPresent()
        ? Conflict.of(Precedence.SCHEDULE, refusal(session, lease, recorded.get()))
        : Optional.empty();
  }

  /** A change of the schedule has ended the lease, which says more than that the time is missed. */
  private PersistenceException refusal(Session session, ScheduleLease lease, ScheduleRun recorded)
      throws SQLException {
    return List.of(CHANGED, PAUSED).contains(recorded.message())
        ? lost(session, lease)
        : alreadyRecorded(recorded);
  }

  private static PersistenceException alreadyRecorded(ScheduleRun run) {
    return new AlreadyExistsException(
        "schedule run", "due at " + run.dueAt() + " of " + run.schedule(), run);
  }

  /** How a lease that does not hold has ended. */
  LeaseLostException lost(Session session, ScheduleLease lease) throws SQLException {
    Reason reason =
        session
            .first(
                schedules.lockLease, ScheduleMapper.key(lease.schedule()), ScheduleCommit::leaseId)
            .flatMap(found -> found)
            .map(id -> id.equals(lease.leaseId()) ? Reason.EXPIRED : Reason.TAKEN_OVER)
            .orElse(Reason.GONE);
    return new LeaseLostException(lease.schedule().toString(), reason);
  }

  private static Optional<UUID> leaseId(Row row) throws SQLException {
    return row.optional(LEASE_ID);
  }

  private static Optional<ScheduleResult> result(DueOutcome outcome) {
    return switch (outcome) {
      case DueOutcome.Started started -> Optional.empty();
      case DueOutcome.Skipped skipped -> Optional.of(ScheduleResult.SKIPPED);
      case DueOutcome.Failed failed -> Optional.of(ScheduleResult.FAILED);
    };
  }

  private static Binds newRun(ScheduleKey schedule, Instant dueAt, DueOutcome outcome) {
    return switch (outcome) {
      case DueOutcome.Started started ->
          newRun(schedule, dueAt, Optional.empty(), "")
              .and(WORKFLOW_ID, started.run().workflowId())
              .and(RUN_ID, started.run().runId())
              .andFromNow(STARTED_AT, Duration.ZERO)
              .andNull(COMPLETED_AT);
      case DueOutcome.Skipped skipped -> newRun(schedule, dueAt, result(outcome), skipped.reason());
      case DueOutcome.Failed failed -> newRun(schedule, dueAt, result(outcome), failed.reason());
    };
  }

  private static Binds newRun(
      ScheduleKey schedule, Instant dueAt, Optional<ScheduleResult> result, String message) {
    return ScheduleMapper.due(schedule, dueAt)
        .and(EXECUTION_ID, TimeOrderedId.next())
        .andNull(WORKFLOW_ID)
        .andNull(RUN_ID)
        .andNull(STARTED_AT)
        .andFromNow(COMPLETED_AT, Duration.ZERO)
        .and(RESULT, result.map(ScheduleResult::value))
        .and(ERROR_MESSAGE, message);
  }
}
