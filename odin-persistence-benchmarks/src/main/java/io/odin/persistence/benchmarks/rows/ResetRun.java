package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineReset;
import io.odin.persistence.benchmarks.rows.data.NewWorkflows;
import io.odin.persistence.benchmarks.rows.data.ResetRuns;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.value.Bytes;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Resets runs: closes the current run, and puts another one in its place, for which the database
 * copies the events of the first one, with 1 event more.
 */
public final class ResetRun implements Row {

  private static final long EVENTS_BETWEEN_REFILLS = 500_000;

  private final String name;
  private final int events;

  /**
   * A row.
   *
   * @param events how many are copied
   */
  public ResetRun(String name, int events) {
    this.name = name;
    this.events = events;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String unit() {
    return "commits";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    Runs.ownShards(database);
    ResetRuns.make(database, workers, events);
  }

  @Override
  public long refill(Database database, long done) throws SQLException {
    if (done > 0) {
      ResetRuns.trim(database);
    }
    return EVENTS_BETWEEN_REFILLS / events;
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    BaselineReset reset = new BaselineReset(baseline);
    ResetRuns.Cursor cursor = new ResetRuns.Cursor(index);
    return () -> {
      BaseRun base = new BaseRun(cursor.base().runId(), events);
      reset.reset(base, cursor.next());
      return 1;
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    ResetRuns.Cursor cursor = new ResetRuns.Cursor(index);
    return () -> {
      RunKey base = cursor.base();
      persistence.executions().commit(transaction(base, cursor.next()));
      return 1;
    };
  }

  private WorkflowTransaction transaction(RunKey base, RunKey next) {
    Instant now = Instant.now();
    RunState end =
        RunState.builder()
            .executionState(Bytes.copyOf(Sample.state()))
            .closed(WorkflowState.TERMINATED, now)
            .build();
    CreateRun create =
        CreateRun.builder(
                next,
                CreateMode.replaceClosed(base.runId()),
                NewWorkflows.definition(next, now).base(new BaseRun(base.runId(), events)).build(),
                RunState.running(Bytes.copyOf(Sample.state())))
            .history(Sample.events(events + 1L, 1, now))
            .build();
    return WorkflowTransaction.builder(Runs.lease(base.workflowId()))
        .change(UpdateRun.builder(base, 1, end).build())
        .change(create)
        .build();
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    ResetRuns.verify(database, done);
    database.expect(done, "SELECT count(*) FROM workflow_commits");
  }
}
