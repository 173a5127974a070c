package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineCommit;
import io.odin.persistence.benchmarks.rows.baseline.BaselineVisibility;
import io.odin.persistence.benchmarks.rows.baseline.BaselineWorkflowTask;
import io.odin.persistence.benchmarks.rows.data.Findable;
import io.odin.persistence.benchmarks.rows.data.LeasedTasks;
import io.odin.persistence.benchmarks.rows.data.PendingSignals;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.execution.UpdateRun;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the result of a workflow task with every part: what {@link WorkflowTask} does, a signal
 * consumed, the visibility record with 3 search attributes, and 2 tags.
 */
public final class WorkflowTaskFull implements Row {

  private static final String UPDATE = "executions.updateWithBoth";

  private final WorkflowTask plain = new WorkflowTask();

  @Override
  public String name() {
    return "workflow-task-full";
  }

  @Override
  public String unit() {
    return plain.unit();
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    plain.prepare(database, workers);
    Findable.make(database);
    PendingSignals.make(database);
  }

  @Override
  public long refill(Database database, long done) throws SQLException {
    long allowance = plain.refill(database, done);
    if (done > 0) {
      PendingSignals.refill(database);
    }
    return allowance;
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
            "history.insert",
            "timers.set",
            "signals.consume",
            "taskQueues.complete",
            "taskQueues.insertFenced",
            "visibility.upsert",
            "visibility.deleteTags",
            "visibility.insertTags");
    BaselineWorkflowTask applied = new BaselineWorkflowTask(baseline, commit, UPDATE);
    BaselineVisibility visibility = new BaselineVisibility(commit, UPDATE);
    BaselineRows signals = commit.rows("signals.consume", Column.text("signal_id"));
    Parameter processed = commit.parameter("signals.consume", "processed");
    Runs.Cursor cursor = new Runs.Cursor(index);
    LeasedTasks.Cursor leased = new LeasedTasks.Cursor(index);
    return () -> {
      cursor.next(Sample.TASK_EVENTS);
      long task = leased.next();
      applied.bind(cursor, task, Instant.now());
      visibility.bind(cursor, Sample.TASK_EVENTS);
      signals.bind(List.<@Nullable Object[]>of(new Object[] {PendingSignals.id(task)}));
      processed.set(true);
      commit.send();
      return 1;
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    Runs.Cursor cursor = new Runs.Cursor(index);
    LeasedTasks.Cursor leased = new LeasedTasks.Cursor(index);
    return () -> {
      cursor.next(Sample.TASK_EVENTS);
      long task = leased.next();
      UpdateRun update =
          WorkflowTask.update(cursor)
              .consumeSignal(PendingSignals.id(task))
              .visibility(Findable.record(cursor, Sample.TASK_EVENTS))
              .tags(Findable.tags())
              .build();
      persistence.executions().commit(WorkflowTask.transaction(update, task));
      return 1;
    };
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    plain.verify(database, done);
    database.expect(done, "SELECT sum(version - 1) FROM visibility_records");
    database.expect(done, "SELECT count(*) FROM workflow_signals WHERE processed");
    database.expect(
        0,
        """
        SELECT count(*)
          FROM workflow_executions e
          LEFT JOIN workflow_tags t ON t.run_id = e.run_id AND t.tag_value = 'gold'
         WHERE (e.version > 1) <> (t.tag_key IS NOT NULL)
        """);
  }
}
