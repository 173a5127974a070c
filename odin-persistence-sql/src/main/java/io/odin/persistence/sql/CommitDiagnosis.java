package io.odin.persistence.sql;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.HistoryConflictException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.error.SignalConflictException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.RunSummary;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowKey;
import io.odin.persistence.execution.WorkflowState;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.CommitStep.Conflict;
import io.odin.persistence.sql.CommitStep.Precedence;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads, within the transaction that failed, what stood in its way. Thread-safe. */
final class CommitDiagnosis {

  private final ExecutionSql runs;
  private final CommitSql commits;

  CommitDiagnosis(ExecutionSql runs, CommitSql commits) {
    this.runs = runs;
    this.commits = commits;
  }

  private record Position(long version, WorkflowState state, long nextEventId, long signals) {}

  Optional<Conflict> shard(Session session, ShardLease lease) throws SQLException {
    ShardOwnershipLostException lost =
        session
            .first(
                commits.fenceState,
                Binds.of("shard_id", lease.shardId()),
                row ->
                    new ShardOwnershipLostException(
                        lease.shardId(),
                        lease.fenceToken(),
                        row.number("fence_token"),
                        row.optionalText("owner_identity").orElse(null)))
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "shard", "is " + lease.shardId() + ": there is no such shard"));
    return Conflict.of(Precedence.SHARD, lost);
  }

  Optional<Conflict> exists(Session session, RunKey key) throws SQLException {
    Optional<RunSummary> existing =
        session.first(runs.findSummary, ExecutionRows.run(key), ExecutionRows::summary);
    return existing.isPresent()
        ? Conflict.of(
            Precedence.EXISTING_RUN,
            new AlreadyExistsException("run", key.toString(), existing.get()))
        : changedMeanwhile(key);
  }

  Optional<Conflict> update(Session session, UpdateRun update) throws SQLException {
    RunKey key = update.key();
    Optional<Position> found =
        session.first(
            runs.position,
            ExecutionRows.run(key),
            row ->
                new Position(
                    row.number("version"),
                    WorkflowState.of(row.text("workflow_state")),
                    row.number("next_event_id"),
                    row.number("signal_sequence")));
    if (found.isEmpty()) {
      return Conflict.of(Precedence.MISSING_RUN, new NotFoundException("run", key.toString()));
    }
    Position stored = found.get();
    if (stored.version() != update.expectedVersion()) {
      return Conflict.of(
          Precedence.VERSION,
          new VersionConflictException(key.toString(), update.expectedVersion(), stored.version()));
    }
    if (stored.state().isClosed()) {
      return Conflict.of(
          Precedence.CLOSED_RUN,
          new InvalidRequestException(
              "run", "is closed (" + stored.state().value() + "): a closed run stays as it is"));
    }
    List<HistoryEvent> events = update.history();
    if (!events.isEmpty() && events.getFirst().eventId() != stored.nextEventId()) {
      return history(key, stored.nextEventId(), events.getFirst().eventId());
    }
    if (update.state().state().isClosed() && stored.signals() > update.signalsSeen()) {
      return Conflict.of(
          Precedence.SIGNAL,
          new SignalConflictException(
              key.toString(),
              "has received "
                  + stored.signals()
                  + " signals, and the change that closes it has seen "
                  + update.signalsSeen()));
    }
    return changedMeanwhile(key);
  }

  Optional<Conflict> history(RunKey key, long expected, long actual) {
    return Conflict.of(
        Precedence.HISTORY, new HistoryConflictException(key.toString(), expected, actual));
  }

  Optional<Conflict> current(Session session, WorkflowKey workflow, String reason)
      throws SQLException {
    Optional<RunSummary> current =
        session.first(runs.findCurrent, ExecutionRows.workflow(workflow), ExecutionRows::summary);
    return Conflict.of(
        Precedence.CURRENT_RUN, new CurrentRunConflictException(reason, current.orElse(null)));
  }

  /**
   * What was in the way is gone again: the same request may be sent once more, and is, by the choke
   * point.
   */
  private static Optional<Conflict> changedMeanwhile(RunKey key) {
    return Conflict.of(
        Precedence.TASK,
        new UnavailableException(
            UnavailableException.Reason.SERIALIZATION, key + " changed at the same time", null));
  }
}
