package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.run.CurrentRunSql.PREVIOUS_RUN_ID;
import static io.odin.persistence.sql.run.ExecutionSql.EVENT_COUNT;
import static io.odin.persistence.sql.run.ExecutionSql.FIRST_EVENT_ID;
import static io.odin.persistence.sql.run.ExecutionSql.HISTORY_BYTES;
import static io.odin.persistence.sql.run.ExecutionSql.SHOWN_QUEUE;
import static io.odin.persistence.sql.run.ExecutionSql.SHOWN_START;
import static io.odin.persistence.sql.run.ExecutionSql.SHOWN_TYPE;
import static io.odin.persistence.sql.run.ExecutionSql.SIGNALS_SEEN;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.COMPLETED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.COMPLETION_EVENT_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.STARTED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.START_REQUEST_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.statement.Columns.EXPECTED_VERSION;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.HistoryConflictException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.SignalConflictException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.UpdateMode;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Diagnosis;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.visibility.VisibilityRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a commit writes to the rows of runs and to the pointers to current runs. Thread-safe. */
public final class RunCommit {

  private final ExecutionSql runs;
  private final CurrentRunSql currentRuns;

  RunCommit(ExecutionSql runs, CurrentRunSql currentRuns) {
    this.runs = runs;
    this.currentRuns = currentRuns;
  }

  /** Makes sure that the current run is what the change needs, and that it is so afterwards. */
  public List<ExpectedStep> current(RunChange change, CreateMode createMode) {
    Binds run = RunMapper.run(change.key()).and(WORKFLOW_STATE, change.state().state().value());
    return switch (change) {
      case CreateRun create -> {
        run.and(START_REQUEST_ID, create.definition().startRequestId())
            .and(STARTED_AT, create.definition().startedAt());
        yield become(create.key().workflow(), createMode, run).stream().toList();
      }
      case UpdateRun update ->
          update
              .becomesCurrent()
              .map(mode -> makeCurrent(update, mode, run))
              .orElseGet(() -> List.of(currentOfUpdated(update, run)));
    };
  }

  private List<ExpectedStep> makeCurrent(UpdateRun update, CreateMode mode, Binds run) {
    run.and(START_REQUEST_ID, Optional.empty()).and(STARTED_AT, Instant.EPOCH);
    List<ExpectedStep> steps = new ArrayList<>();
    become(update.key().workflow(), mode, run).ifPresent(steps::add);
    Binds pointer = RunMapper.run(update.key());
    steps.add(ExpectedStep.unchecked(Step.change(currentRuns.describe, pointer)));
    return steps;
  }

  private Optional<ExpectedStep> become(WorkflowKey workflow, CreateMode mode, Binds run) {
    return switch (mode) {
      case CreateMode.BypassCurrent bypass -> Optional.empty();
      case CreateMode.ReplaceClosed replace ->
          Optional.of(
              new ExpectedStep(
                  Step.change(
                      currentRuns.replace, run.and(PREVIOUS_RUN_ID, replace.previousRunId())),
                  1,
                  conflict(
                      workflow,
                      "run " + replace.previousRunId() + " is not the closed current run")));
      // A start by policy first assumes that there is no current run, as is most often the case.
      case CreateMode.BrandNew brandNew -> Optional.of(onlyCurrent(workflow, run));
      case CreateMode.ByPolicy policy -> Optional.of(onlyCurrent(workflow, run));
    };
  }

  private ExpectedStep onlyCurrent(WorkflowKey workflow, Binds run) {
    return new ExpectedStep(
        Step.change(currentRuns.insert, run),
        1,
        conflict(workflow, workflow + " has a current run"));
  }

  private ExpectedStep currentOfUpdated(UpdateRun update, Binds run) {
    Step read = currentRuns.isCurrent(update.key());
    WorkflowKey workflow = update.key().workflow();
    if (update.mode() == UpdateMode.BYPASS_CURRENT) {
      return new ExpectedStep(read, 0, conflict(workflow, update.key() + " is the current run"));
    }
    // A plain read is enough while the run stays open: the pointer leaves an open run only together
    // with a change of its row, and the version of the row is compared.
    Step step = update.state().state().isClosed() ? Step.change(currentRuns.close, run) : read;
    return new ExpectedStep(step, 1, conflict(workflow, update.key() + " is not the current run"));
  }

  private Diagnosis conflict(WorkflowKey workflow, String reason) {
    return session -> {
      Optional<RunSummary> current =
          session.first(currentRuns.find, RunMapper.workflow(workflow), ExecutionMapper::summary);
      return Conflict.of(
          Precedence.CURRENT_RUN, new CurrentRunConflictException(reason, current.orElse(null)));
    };
  }

  /** Marks the current run of a workflow as closed. */
  public Step closeCurrent(RunKey run, WorkflowState state) {
    return Step.change(currentRuns.close, RunMapper.run(run).and(WORKFLOW_STATE, state.value()));
  }

  /**
   * Inserts the row of a new run, or updates that of an open one.
   *
   * @param historyBytes the size of the events that the change appends
   */
  public ExpectedStep write(RunChange change, int shardId, long historyBytes) {
    return switch (change) {
      case CreateRun create ->
          new ExpectedStep(
              Step.change(runs.insert, ExecutionMapper.newRun(create, shardId, historyBytes)),
              1,
              session -> exists(session, create.key()));
      case UpdateRun update -> update(update, historyBytes);
    };
  }

  private ExpectedStep update(UpdateRun update, long historyBytes) {
    Binds binds =
        RunMapper.run(update.key())
            .andAll(ExecutionMapper.state(update.state()))
            .and(EXPECTED_VERSION, update.expectedVersion())
            .and(EVENT_COUNT, (long) update.history().size())
            .and(HISTORY_BYTES, historyBytes)
            .and(SIGNALS_SEEN, signalsSeen(update));
    if (!update.history().isEmpty()) {
      binds.and(FIRST_EVENT_ID, update.history().getFirst().eventId());
    }
    update.visibility().ifPresent(record -> addShown(binds, record));
    return new ExpectedStep(
        Step.change(updateOf(update), binds), 1, session -> refusal(session, update));
  }

  private static void addShown(Binds binds, VisibilityRecord record) {
    binds
        .and(SHOWN_TYPE, record.workflowType())
        .and(SHOWN_QUEUE, record.taskQueue())
        .and(SHOWN_START, record.startTime());
  }

  private Sql updateOf(UpdateRun update) {
    if (update.history().isEmpty()) {
      return update.visibility().isPresent() ? runs.updateWithRecord : runs.update;
    }
    return update.visibility().isPresent() ? runs.updateWithBoth : runs.updateWithHistory;
  }

  /** Whether a later signal would never be seen. */
  private static boolean loses(UpdateRun update) {
    return update.state().state().isClosed() && update.signalsCarriedTo().isEmpty();
  }

  private static long signalsSeen(UpdateRun update) {
    return loses(update) ? update.signalsSeen() : Long.MAX_VALUE;
  }

  /**
   * Closes an open run from outside.
   *
   * @param lastEventId the id of the one event that is appended
   */
  public Step terminate(RunKey run, long lastEventId, Instant at, long historyBytes) {
    return Step.change(
        runs.terminate,
        RunMapper.run(run)
            .and(WORKFLOW_STATE, WorkflowState.TERMINATED.value())
            .and(COMPLETION_EVENT_ID, lastEventId)
            .and(COMPLETED_AT, at)
            .and(EVENT_COUNT, 1L)
            .and(HISTORY_BYTES, historyBytes));
  }

  private Optional<Conflict> exists(Session session, RunKey run) throws SQLException {
    Optional<RunSummary> existing =
        session.first(runs.findSummary, RunMapper.run(run), ExecutionMapper::summary);
    return existing.isPresent()
        ? Conflict.of(
            Precedence.EXISTING_RUN,
            new AlreadyExistsException("run", run.toString(), existing.get()))
        : changedMeanwhile(run);
  }

  private Optional<Conflict> refusal(Session session, UpdateRun update) throws SQLException {
    RunKey run = update.key();
    Optional<Position> found = session.first(runs.position, RunMapper.run(run), Position::of);
    if (found.isEmpty()) {
      return Conflict.of(Precedence.MISSING_RUN, new NotFoundException("run", run.toString()));
    }
    Position stored = found.get();
    if (stored.version() != update.expectedVersion()) {
      return Conflict.of(
          Precedence.VERSION,
          new VersionConflictException(run.toString(), update.expectedVersion(), stored.version()));
    }
    if (stored.state().isClosed()) {
      return Conflict.of(
          Precedence.CLOSED_RUN,
          new InvalidRequestException(
              "run", "is closed (" + stored.state().value() + "): a closed run stays as it is"));
    }
    Optional<String> contradiction = update.visibility().flatMap(stored::contradictionOf);
    if (contradiction.isPresent()) {
      return Conflict.of(
          Precedence.RECORD, new InvalidRequestException("visibility", contradiction.get()));
    }
    List<HistoryEvent> events = update.history();
    if (!events.isEmpty() && events.getFirst().eventId() != stored.nextEventId()) {
      return Conflict.of(
          Precedence.HISTORY,
          new HistoryConflictException(
              run.toString(), stored.nextEventId(), events.getFirst().eventId()));
    }
    if (loses(update) && stored.signals() > update.signalsSeen()) {
      return Conflict.of(
          Precedence.SIGNAL,
          new SignalConflictException(
              run.toString(),
              "has received "
                  + stored.signals()
                  + " signals, and the change that closes it has seen "
                  + update.signalsSeen()));
    }
    return changedMeanwhile(run);
  }

  /** The conflict no longer exists when it is diagnosed: the operation is tried again. */
  private static Optional<Conflict> changedMeanwhile(RunKey run) {
    return Conflict.of(
        Precedence.TASK,
        new UnavailableException(
            UnavailableException.Reason.SERIALIZATION, run + " changed at the same time", null));
  }
}
