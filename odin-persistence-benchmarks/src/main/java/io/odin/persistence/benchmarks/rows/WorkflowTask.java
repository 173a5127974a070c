package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineCommit;
import io.odin.persistence.benchmarks.rows.baseline.BaselineWorkflowTask;
import io.odin.persistence.benchmarks.rows.data.LeasedTasks;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Json;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Applies the result of a workflow task: an update with 3 events, 2 activity tasks and 1 timer
 * moved, which completes the leased workflow task.
 */
public final class WorkflowTask implements Row {

  private static final String UPDATE = "executions.updateWithHistory";

  @Override
  public String name() {
    return "workflow-task";
  }

  @Override
  public String unit() {
    return "commits";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    Runs.ownShards(database);
    LeasedTasks.make(database, workers);
    Runs.make(database, workers);
  }

  @Override
  public long refill(Database database, long done) throws SQLException {
    if (done > 0) {
      LeasedTasks.refill(database);
    }
    return LeasedTasks.EACH_WORKER;
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
            "taskQueues.complete",
            "taskQueues.insertFenced");
    BaselineWorkflowTask applied = new BaselineWorkflowTask(baseline, commit, UPDATE);
    Runs.Cursor cursor = new Runs.Cursor(index);
    LeasedTasks.Cursor leased = new LeasedTasks.Cursor(index);
    return () -> {
      cursor.next(Sample.TASK_EVENTS);
      applied.bind(cursor, leased.next(), Instant.now());
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
      persistence.executions().commit(transaction(update(cursor).build(), leased.next()));
      return 1;
    };
  }

  /** The update of the run. */
  static UpdateRun.Builder update(Runs.Cursor cursor) {
    Instant now = Instant.now();
    return AppendHistory.update(cursor, Sample.TASK_EVENTS, now)
        .timer(
            new TimerUpsert(
                Runs.TIMER_ID, now.plus(Sample.TASK_TIMER), Json.of(Sample.TIMER_DATA)));
  }

  /** The update, and what becomes of tasks. */
  static WorkflowTransaction transaction(UpdateRun update, long task) {
    WorkflowTransaction.Builder transaction =
        WorkflowTransaction.builder(Runs.lease(update.key().workflowId()))
            .change(update)
            .completes(LeasedTasks.lease(task));
    for (int i = 0; i < Sample.TASK_ACTIVITIES; i++) {
      transaction.enqueue(NewTask.of(Sample.ACTIVITIES, update.key(), Json.of(Sample.TASK_DATA)));
    }
    return transaction.build();
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(done, "SELECT sum(version - 1) FROM workflow_executions");
    database.expect(Sample.TASK_EVENTS * done, "SELECT count(*) FROM history_events");
    database.expect(
        Sample.TASK_ACTIVITIES * done,
        "SELECT count(*) FROM task_queues WHERE task_queue_type = 'activity'");
    database.expect(done, "SELECT count(*) FROM task_completions");
    database.expect(
        0,
        "SELECT count(*) FROM workflow_executions e WHERE NOT EXISTS"
            + " (SELECT 1 FROM workflow_timers t WHERE t.run_id = e.run_id)");
  }
}
