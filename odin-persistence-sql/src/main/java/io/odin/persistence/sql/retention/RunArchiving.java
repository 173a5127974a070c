package io.odin.persistence.sql.retention;

import io.odin.persistence.Bytes;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.retention.ArchivedRun;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.history.HistoryIterator;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.shard.ShardFence;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Step;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Brings runs into the archive that their namespace asks for. Thread-safe. */
final class RunArchiving {

  private final Database database;
  private final Runs runs;
  private final RetentionSql retention;
  private final ShardFence fence;
  private final HistoryStore history;

  RunArchiving(
      Database database,
      Runs runs,
      RetentionSql retention,
      ShardFence fence,
      HistoryStore history) {
    this.database = database;
    this.runs = runs;
    this.retention = retention;
    this.fence = fence;
    this.history = history;
  }

  /** What a namespace wants archived of a run. */
  private enum ArchivalScope {
    NOTHING,
    RUN,
    RUN_AND_HISTORY;

    static ArchivalScope of(Row row) throws SQLException {
      if (row.optionalInstant("archived_at").isPresent()) {
        return NOTHING;
      }
      if (row.bool("history_archival_enabled")) {
        return RUN_AND_HISTORY;
      }
      return row.bool("visibility_archival_enabled") ? RUN : NOTHING;
    }
  }

  /** A run, and what is to be done with it. */
  private record Candidate(WorkflowExecution run, ArchivalScope scope) {}

  /** Archives and marks the run, unless it is marked, missing, or not to be archived. */
  void archive(RunKey run, ShardLease shard, Archiver archiver) {
    Optional<Candidate> candidate =
        database.transaction("retention.inspect", session -> inspect(session, run, shard));
    if (candidate.isPresent() && candidate.get().scope() != ArchivalScope.NOTHING) {
      Bytes checksum = put(candidate.get(), archiver);
      database.transaction(
          "retention.markArchived", session -> mark(session, run, shard, checksum));
    }
  }

  private Optional<Candidate> inspect(Session session, RunKey run, ShardLease shard)
      throws SQLException {
    List<Step.Result> results =
        fence.run(
            session,
            shard,
            List.of(
                runs.find(run),
                Step.query(retention.archival, RunMapper.run(run), ArchivalScope::of)));
    Optional<WorkflowExecution> found =
        results.get(1).rows(WorkflowExecution.class).stream().findFirst();
    found.ifPresent(execution -> RunDeletion.requireClosed(execution.state().state()));
    Optional<ArchivalScope> scope = results.get(2).rows(ArchivalScope.class).stream().findFirst();
    return found.flatMap(execution -> scope.map(wanted -> new Candidate(execution, wanted)));
  }

  private Bytes put(Candidate candidate, Archiver archiver) {
    WorkflowExecution run = candidate.run();
    Iterable<HistoryEvent> events =
        candidate.scope() == ArchivalScope.RUN_AND_HISTORY
            ? () -> new HistoryIterator(history, run)
            : List.of();
    try {
      return archiver.put(new ArchivedRun(run.key(), run.definition(), run.state()), events);
    } catch (PersistenceException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnavailableException(
          Reason.ARCHIVE,
          "the archive did not take " + run.key() + ", which stays: " + e.getMessage(),
          e);
    }
  }

  private int mark(Session session, RunKey run, ShardLease shard, Bytes checksum)
      throws SQLException {
    Binds marked = RunMapper.run(run).and("archive_checksum", checksum);
    return fence.run(session, shard, List.of(Step.change(retention.markArchived, marked))).size();
  }
}
