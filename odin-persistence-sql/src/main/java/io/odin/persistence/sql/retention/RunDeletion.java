package io.odin.persistence.sql.retention;

import static io.odin.persistence.sql.retention.RetentionSql.FIRST_EVENT_ID;
import static io.odin.persistence.sql.retention.RetentionSql.SKIPPED;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.NEXT_EVENT_ID;
import static io.odin.persistence.sql.statement.Columns.LIMIT;

import io.odin.persistence.internal.Require;
import io.odin.persistence.retention.RunPart;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.LockedRun;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.shard.ShardFence;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.visibility.VisibilityCommit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Deletes runs and everything of them, at once or, if they are closed, in chunks. Thread-safe. */
public final class RunDeletion {

  /**
   * The maximum number of rows that the transaction of a chunk deletes. The contract allows a
   * thousand; but on MySQL all other commits wait while a large one is written to the binary log.
   */
  static final int CHUNK = 500;

  // Where the row of the run is among the results of locking it.
  private static final int RUN_ROW = 2;

  private final Runs runs;
  private final RetentionSql retention;
  private final ShardFence fence;
  private final VisibilityCommit visibility;

  RunDeletion(Runs runs, RetentionSql retention, ShardFence fence, VisibilityCommit visibility) {
    this.runs = runs;
    this.retention = retention;
    this.fence = fence;
    this.visibility = visibility;
  }

  /**
   * The outcome of a chunk.
   *
   * @param rows how many rows it deleted
   * @param isLast whether nothing is left of the run
   * @param firstEvent the first event that may be left
   */
  record Chunk(long rows, boolean isLast, long firstEvent) {}

  /** What has been done before the first chunk. */
  static final Chunk NOTHING = new Chunk(0, false, 0);

  /**
   * Deletes all of a run, which is closed or not the current one, in the session's transaction, and
   * returns in how many tables it looked.
   */
  public int deleteAtOnce(Session session, RunKey run, ShardLease shard) throws SQLException {
    List<Step.Result> locked = lock(session, run, shard, List.of(runs.isCurrent(run)));
    // Read after the row of the run was locked: until then, a commit can make it the current one.
    if (locked.getLast().count() > 0) {
      requireClosed(locked);
    }
    List<Step> deletes = new ArrayList<>();
    retention.parts.forEach(part -> deletes.add(delete(part, run)));
    deletes.add(runs.delete(run));
    long deleted = session.run(deletes).stream().mapToLong(Step.Result::count).sum();
    if (deleted == 0) {
      session.confirm();
    }
    return deletes.size();
  }

  /**
   * Whether the run was deleted already, so that losing the shard since then has prevented nothing.
   * The session then confirms the deletion.
   */
  public boolean isDone(Session session, RunKey run) throws SQLException {
    boolean isDone = runs.findSummary(session, run).isEmpty();
    if (isDone) {
      session.confirm();
    }
    return isDone;
  }

  /**
   * Deletes as much of it as one transaction may: the parts in their order, the run last.
   *
   * @param firstEvent none of its events is before this
   */
  Chunk deleteChunk(Session session, RunKey run, ShardLease shard, long firstEvent)
      throws SQLException {
    Binds key =
        RunMapper.run(run)
            .and(LIMIT, CHUNK + 1)
            .and(FIRST_EVENT_ID, firstEvent)
            .and(SKIPPED, (long) CHUNK);
    Step ask = Step.query(retention.rest, key, row -> remaining(row, firstEvent));
    List<Step.Result> locked = lock(session, run, shard, List.of(ask));
    requireClosed(locked);
    Remaining remaining = locked.getLast().rows(Remaining.class).getFirst();
    List<Step> deletes = new ArrayList<>();
    long budget = CHUNK;
    for (RunPartSql part : retention.parts) {
      if (budget > 0) {
        long count = remaining.ofParts().getOrDefault(part.part(), 0L);
        deletes.add(delete(part, run, remaining, count, budget));
        budget -= Math.min(budget, count);
      }
    }
    boolean isLast = budget > 0;
    long rows = CHUNK - budget;
    if (isLast) {
      deletes.add(runs.delete(run));
      rows += locked.get(RUN_ROW).count();
    } else {
      // What begins without archival ends without it: an archive would lack the deleted rows.
      deletes.add(Step.change(retention.markUnarchived, key));
    }
    session.run(deletes);
    return new Chunk(rows, isLast, remaining.nextEvent());
  }

  private Step delete(RunPartSql part, RunKey run, Remaining remaining, long count, long budget) {
    if (part.part() == RunPart.HISTORY) {
      return Step.change(
          retention.deleteEvents,
          RunMapper.run(run)
              .and(FIRST_EVENT_ID, remaining.firstEvent())
              .and(NEXT_EVENT_ID, remaining.nextEvent()));
    }
    return count > budget && part.deleteSome.isPresent()
        ? Step.change(part.deleteSome.get(), RunMapper.run(run).and(LIMIT, (int) budget))
        : delete(part, run);
  }

  private Step delete(RunPartSql part, RunKey run) {
    return part.delete
        .map(sql -> Step.change(sql, RunMapper.run(run)))
        .orElseGet(() -> visibility.delete(run));
  }

  /**
   * What is left of a run.
   *
   * @param ofParts how many rows of each part, counted up to one more than fit
   * @param firstEvent none of its events is before this
   * @param nextEvent the first event that does not fit; beyond all that there are if all do
   */
  private record Remaining(Map<RunPart, Long> ofParts, long firstEvent, long nextEvent) {}

  private Remaining remaining(Row row, long firstEvent) throws SQLException {
    Map<RunPart, Long> counts = new EnumMap<>(RunPart.class);
    for (RunPartSql part : retention.parts) {
      counts.put(part.part(), row.get(part.count));
    }
    long nextEvent = row.optionalNumber(NEXT_EVENT_ID).orElse(Long.MAX_VALUE);
    return new Remaining(counts, firstEvent, nextEvent);
  }

  /** In the order of a commit: fence, pointer, row of the run; then what else is to be asked. */
  private List<Step.Result> lock(Session session, RunKey run, ShardLease shard, List<Step> more)
      throws SQLException {
    List<Step> all = new ArrayList<>();
    all.add(runs.lockCurrent(run.workflow()));
    all.add(runs.lock(run));
    all.addAll(more);
    List<Step.Result> results = fence.run(session, shard, all);
    return results;
  }

  private static void requireClosed(List<Step.Result> locked) {
    for (LockedRun run : locked.get(RUN_ROW).rows(LockedRun.class)) {
      requireClosed(run.run().state());
    }
  }

  static void requireClosed(WorkflowState state) {
    Require.that(state.isClosed(), "run", "is open: close it before deleting it");
  }
}
