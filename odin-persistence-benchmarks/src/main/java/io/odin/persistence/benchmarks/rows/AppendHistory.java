package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineCommit;
import io.odin.persistence.benchmarks.rows.baseline.BaselineUpdate;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.value.Bytes;
import java.sql.SQLException;
import java.time.Instant;

/** Appends 5 events to a run, and nothing else. */
public final class AppendHistory implements Row {

  private static final String UPDATE = "executions.updateWithHistory";

  private static final int EVENTS = 5;

  @Override
  public String name() {
    return "append-" + EVENTS;
  }

  @Override
  public String unit() {
    return "commits";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    Runs.ownShards(database);
    Runs.make(database, workers);
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    BaselineCommit commit =
        new BaselineCommit(
            baseline,
            "shards.fenceInNamespace",
            "commits.insert",
            "currentRuns.isCurrent",
            UPDATE,
            "history.insert");
    BaselineUpdate update = new BaselineUpdate(commit, UPDATE);
    Runs.Cursor cursor = new Runs.Cursor(index);
    return () -> {
      cursor.next(EVENTS);
      update.bind(cursor, EVENTS, Instant.now());
      commit.send();
      return 1;
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    Runs.Cursor cursor = new Runs.Cursor(index);
    return () -> {
      cursor.next(EVENTS);
      persistence
          .executions()
          .commit(
              WorkflowTransaction.builder(Runs.lease(cursor.run().workflowId()))
                  .change(update(cursor, EVENTS, Instant.now()).build())
                  .build());
      return 1;
    };
  }

  /** The update of an open run, with events. */
  static UpdateRun.Builder update(Runs.Cursor cursor, int events, Instant now) {
    RunState state =
        RunState.builder()
            .executionState(Bytes.copyOf(Sample.state()))
            .lastProcessedEventId(cursor.firstEvent())
            .build();
    return UpdateRun.builder(cursor.run(), cursor.version(), state)
        .history(Sample.events(cursor.firstEvent(), events, now));
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(done, "SELECT sum(version - 1) FROM workflow_executions");
    database.expect(EVENTS * done, "SELECT count(*) FROM history_events");
    database.expect(done, "SELECT count(*) FROM workflow_commits");
  }
}
