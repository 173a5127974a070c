package io.odin.persistence.sql;

import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.RunSummary;
import io.odin.persistence.execution.WorkflowState;
import io.odin.persistence.internal.Require;
import io.odin.persistence.shard.ShardLease;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Deletes closed runs and everything of them, at once or in chunks. Thread-safe. */
final class RunDeletion {

  /** How many rows a transaction of a chunk deletes at the most. */
  static final int CHUNK = 1000;

  // Where the row of the run is among the results of locking it.
  private static final int RUN_ROW = 2;

  private final ExecutionSql runs;
  private final CommitSql commits;
  private final RetentionSql retention;
  private final CommitSteps steps;
  private final VisibilityCommit visibility;

  RunDeletion(
      ExecutionSql runs,
      CommitSql commits,
      RetentionSql retention,
      CommitSteps steps,
      VisibilityCommit visibility) {
    this.runs = runs;
    this.commits = commits;
    this.retention = retention;
    this.steps = steps;
    this.visibility = visibility;
  }

  /**
   * What a chunk came to.
   *
   * @param rows how many rows it deleted
   * @param isLast whether nothing is left of the run
   */
  record Chunk(long rows, boolean isLast) {}

  /** Deletes all of it in the session's transaction, and says in how many tables it looked. */
  int deleteAtOnce(Session session, RunKey run, ShardLease shard) throws SQLException {
    lock(session, run, shard, List.of());
    List<Step> deletes = new ArrayList<>();
    retention.parts.forEach(part -> deletes.add(delete(part, run)));
    deletes.add(Step.change(runs.delete, ExecutionRows.run(run)));
    return session.run(deletes).size();
  }

  /** Deletes as much of it as one transaction may: the parts in their order, the run last. */
  Chunk deleteChunk(Session session, RunKey run, ShardLease shard) throws SQLException {
    Binds key = ExecutionRows.run(run).and("limit", CHUNK + 1);
    Step count = Step.query(retention.rest, key, this::counts);
    List<Step.Result> locked = lock(session, run, shard, List.of(count));
    List<Long> counts = locked.getLast().rows(Counts.class).getFirst().ofParts();
    List<Step> deletes = new ArrayList<>();
    long room = CHUNK;
    for (int i = 0; i < counts.size() && room > 0; i++) {
      deletes.add(delete(retention.parts.get(i), run, counts.get(i), room));
      room -= Math.min(room, counts.get(i));
    }
    boolean isLast = room > 0;
    long rows = CHUNK - room;
    if (isLast) {
      deletes.add(Step.change(runs.delete, key));
      rows += locked.get(RUN_ROW).count();
    } else {
      // What begins without archival ends without it: an archive would lack what is gone.
      deletes.add(Step.change(retention.markUnarchived, key));
    }
    session.run(deletes);
    return new Chunk(rows, isLast);
  }

  private Step delete(RunPartSql part, RunKey run, long count, long room) {
    return count > room && part.deleteFirst.isPresent()
        ? Step.change(part.deleteFirst.get(), ExecutionRows.run(run).and("skipped", room - 1))
        : delete(part, run);
  }

  private Step delete(RunPartSql part, RunKey run) {
    return part.delete
        .map(sql -> Step.change(sql, ExecutionRows.run(run)))
        .orElseGet(() -> visibility.delete(run));
  }

  /** How many rows there are of each part, counted up to one more than fit. */
  private record Counts(List<Long> ofParts) {}

  private Counts counts(Row row) throws SQLException {
    List<Long> counts = new ArrayList<>();
    for (RunPartSql part : retention.parts) {
      counts.add(row.number(part.part().name()));
    }
    return new Counts(counts);
  }

  /** In the order of a commit: fence, pointer, row of the run; then what else is to be asked. */
  private List<Step.Result> lock(Session session, RunKey run, ShardLease shard, List<Step> more)
      throws SQLException {
    Binds key = ExecutionRows.run(run);
    List<Step> all = new ArrayList<>();
    all.add(Step.query(commits.lockCurrent, key, row -> row.uuid("run_id")));
    all.add(Step.query(runs.lock, key, ExecutionRows::summary));
    all.addAll(more);
    List<Step.Result> results = steps.fenced(session, shard, all);
    for (RunSummary found : results.get(RUN_ROW).rows(RunSummary.class)) {
      requireClosed(found.state());
    }
    return results;
  }

  static void requireClosed(WorkflowState state) {
    Require.that(state.isClosed(), "run", "is open: close it before deleting it");
  }
}
