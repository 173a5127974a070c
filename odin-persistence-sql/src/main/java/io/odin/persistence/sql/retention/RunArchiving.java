package io.odin.persistence.sql.retention;

import static io.odin.persistence.sql.namespace.NamespacesTable.HISTORY_ARCHIVAL_ENABLED;
import static io.odin.persistence.sql.namespace.NamespacesTable.VISIBILITY_ARCHIVAL_ENABLED;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.ARCHIVED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.ARCHIVE_CHECKSUM;

import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Parts;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.history.HistoryIterator;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.shard.ShardFence;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.Bytes;
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
    RUN_AND_HISTORY
  }

  /**
   * What is known of a run's archive.
   *
   * @param scope what its namespace wants archived
   * @param isMarked whether it was archived, or its deletion began without that
   * @param checksum of the events that were archived
   */
  private record Archival(ArchivalScope scope, boolean isMarked, Optional<Bytes> checksum) {

    static Archival of(Row row) throws SQLException {
      return new Archival(
          scope(row), row.optional(ARCHIVED_AT).isPresent(), row.optional(ARCHIVE_CHECKSUM));
    }

    private static ArchivalScope scope(Row row) throws SQLException {
      if (row.get(HISTORY_ARCHIVAL_ENABLED)) {
        return ArchivalScope.RUN_AND_HISTORY;
      }
      return row.get(VISIBILITY_ARCHIVAL_ENABLED) ? ArchivalScope.RUN : ArchivalScope.NOTHING;
    }
  }

  /** A run, and what is known of its archive. */
  private record Candidate(WorkflowExecution run, Archival archival) {

    ArchivalScope scope() {
      return archival.scope();
    }
  }

  /**
   * Archives and marks the run, unless it is marked, missing, or not to be archived. A run that is
   * marked with a checksum must be in the archive.
   */
  void archive(Parts parts, RunKey run, ShardLease shard, Archiver archiver) {
    Optional<Candidate> candidate =
        database.transaction("retention.inspect", session -> inspect(session, run, shard));
    if (candidate.isEmpty() || candidate.get().scope() == ArchivalScope.NOTHING) {
      return;
    }
    Archival archival = candidate.get().archival();
    if (archival.isMarked()) {
      ArchiveCall call = new ArchiveCall(archiver, candidate.get().run());
      archival.checksum().ifPresent(call::verify);
    } else {
      Bytes checksum = put(candidate.get(), archiver);
      parts.transaction("retention.markArchived", session -> mark(session, run, shard, checksum));
    }
  }

  private Optional<Candidate> inspect(Session session, RunKey run, ShardLease shard)
      throws SQLException {
    List<Step.Result> results =
        fence.run(
            session,
            shard,
            List.of(
                runs.find(run), Step.query(retention.archival, RunMapper.run(run), Archival::of)));
    Optional<WorkflowExecution> found =
        results.get(1).rows(WorkflowExecution.class).stream().findFirst();
    found.ifPresent(execution -> RunDeletion.requireClosed(execution.state().state()));
    Optional<Archival> archival = results.get(2).rows(Archival.class).stream().findFirst();
    return found.flatMap(execution -> archival.map(known -> new Candidate(execution, known)));
  }

  private Bytes put(Candidate candidate, Archiver archiver) {
    WorkflowExecution run = candidate.run();
    ArchiveCall call = new ArchiveCall(archiver, run);
    return candidate.scope() == ArchivalScope.RUN_AND_HISTORY
        ? call.put(() -> new HistoryIterator(history, run), run.nextEventId() - 1)
        : call.put(List.of(), 0);
  }

  private int mark(Session session, RunKey run, ShardLease shard, Bytes checksum)
      throws SQLException {
    Binds marked = RunMapper.run(run).and(ARCHIVE_CHECKSUM, checksum);
    return fence.run(session, shard, List.of(Step.change(retention.markArchived, marked))).size();
  }
}
