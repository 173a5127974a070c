package io.odin.persistence.sql;

import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.UpdateMode;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowKey;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the statements of which a commit consists. Thread-safe. */
final class CommitSteps {

  private final ExecutionSql runs;
  private final CommitSql commits;
  private final CommitDiagnosis diagnosis;

  CommitSteps(ExecutionSql runs, CommitSql commits) {
    this.runs = runs;
    this.commits = commits;
    diagnosis = new CommitDiagnosis(runs, commits);
  }

  CommitStep fence(ShardLease lease) {
    Binds binds = Binds.of("shard_id", lease.shardId()).and("fence_token", lease.fenceToken());
    return new CommitStep(
        Step.query(commits.fence, binds, row -> row.integer("shard_id")),
        1,
        session -> diagnosis.shard(session, lease));
  }

  /** Runs steps behind the fence, whose result comes first. */
  List<Step.Result> fenced(Session session, ShardLease lease, List<Step> more) throws SQLException {
    CommitStep fence = fence(lease);
    List<Step> all = new ArrayList<>();
    all.add(fence.step());
    all.addAll(more);
    List<Step.Result> results = session.run(all);
    if (fence.isMissed(results.getFirst())) {
      throw fence.diagnosis().find(session).orElseThrow().exception();
    }
    return results;
  }

  /** Makes sure that the current run is what the change needs, and that it is so afterwards. */
  Optional<CommitStep> current(RunChange change, CreateMode createMode) {
    Binds run =
        ExecutionRows.run(change.key()).and("workflow_state", change.state().state().value());
    return switch (change) {
      case CreateRun create -> currentOfCreated(create, createMode, run);
      case UpdateRun update -> Optional.of(currentOfUpdated(update, run));
    };
  }

  private Optional<CommitStep> currentOfCreated(CreateRun create, CreateMode mode, Binds run) {
    run.and("start_request_id", create.definition().startRequestId())
        .and("started_at", create.definition().startedAt());
    WorkflowKey workflow = create.key().workflow();
    return switch (mode) {
      case CreateMode.BypassCurrent bypass -> Optional.empty();
      case CreateMode.ReplaceClosed replace ->
          Optional.of(
              new CommitStep(
                  Step.change(
                      commits.replaceCurrent, run.and("previous_run_id", replace.previousRunId())),
                  1,
                  session ->
                      diagnosis.current(
                          session,
                          workflow,
                          "run " + replace.previousRunId() + " is not the closed current run")));
      // A start by policy first hopes that there is no current run, which is what most find.
      case CreateMode.BrandNew brandNew -> Optional.of(onlyCurrent(workflow, run));
      case CreateMode.ByPolicy policy -> Optional.of(onlyCurrent(workflow, run));
    };
  }

  private CommitStep onlyCurrent(WorkflowKey workflow, Binds run) {
    return new CommitStep(
        Step.change(commits.insertCurrent, run),
        1,
        session -> diagnosis.current(session, workflow, workflow + " has a current run"));
  }

  private CommitStep currentOfUpdated(UpdateRun update, Binds run) {
    Step read = Step.query(commits.isCurrent, run, row -> row.uuid("run_id"));
    WorkflowKey workflow = update.key().workflow();
    if (update.mode() == UpdateMode.BYPASS_CURRENT) {
      return new CommitStep(
          read,
          0,
          session -> diagnosis.current(session, workflow, update.key() + " is the current run"));
    }
    // A plain read is enough while the run stays open: the pointer leaves an open run only together
    // with a change of its row,
    // whose version is compared below.
    Step step = update.state().state().isClosed() ? Step.change(commits.closeCurrent, run) : read;
    return new CommitStep(
        step,
        1,
        session -> diagnosis.current(session, workflow, update.key() + " is not the current run"));
  }

  CommitStep run(RunChange change, int shardId) {
    long historyBytes = CommitCheck.historyBytes(change.history());
    return switch (change) {
      case CreateRun create ->
          new CommitStep(
              Step.change(runs.insert, ExecutionRows.newRun(create, shardId, historyBytes)),
              1,
              session -> diagnosis.exists(session, create.key()));
      case UpdateRun update -> {
        Binds binds =
            ExecutionRows.run(update.key())
                .andAll(ExecutionRows.state(update.state()))
                .and("expected_version", update.expectedVersion())
                .and("event_count", (long) update.history().size())
                .and("history_bytes", historyBytes)
                .and("signals_seen", signalsSeen(update));
        Sql sql = runs.update;
        if (!update.history().isEmpty()) {
          sql = runs.updateWithHistory;
          binds.and("first_event_id", update.history().getFirst().eventId());
        }
        yield new CommitStep(
            Step.change(sql, binds), 1, session -> diagnosis.update(session, update));
      }
    };
  }

  /** Only the end of a run leaves no one to see what comes later. */
  private static long signalsSeen(UpdateRun update) {
    return update.state().state().isClosed() ? update.signalsSeen() : Long.MAX_VALUE;
  }

  CommitStep events(RunKey key, List<HistoryEvent> events) {
    return new CommitStep(
        Step.change(
            commits.insertEvents,
            CommitSql.NEW_EVENTS.bind(
                ExecutionRows.run(key),
                events.stream()
                    .map(
                        event ->
                            List.<@Nullable Object>of(
                                event.eventId(),
                                event.eventType(),
                                event.timestamp(),
                                event.taskId(),
                                event.version(),
                                event.data()))
                    .toList())),
        events.size(),
        // The row said that these ids are free: someone has written to the table behind its back.
        session ->
            diagnosis.history(key, events.getLast().eventId() + 1, events.getFirst().eventId()));
  }

  CommitStep setTimers(RunKey key, List<TimerUpsert> timers, int shardId) {
    return CommitStep.unchecked(
        Step.change(
            commits.setTimers,
            CommitSql.TIMERS_SET.bind(
                ExecutionRows.run(key).and("shard_id", shardId),
                timers.stream()
                    .map(
                        timer ->
                            List.<@Nullable Object>of(
                                timer.timerId(), timer.fireAt(), timer.data()))
                    .toList())));
  }

  CommitStep deleteTimers(RunKey key, List<TimerDelete> timers) {
    return CommitStep.unchecked(
        Step.change(
            commits.deleteTimers,
            CommitSql.TIMERS_DELETED.bind(
                ExecutionRows.run(key), timers.stream().map(CommitSteps::deleted).toList())));
  }

  private static List<@Nullable Object> deleted(TimerDelete timer) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(timer.timerId());
    row.add(timer.firedAt().orElse(null));
    return row;
  }
}
