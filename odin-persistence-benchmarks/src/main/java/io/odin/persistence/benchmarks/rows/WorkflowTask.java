package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Json;
import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.timer.TimerUpsert;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Applies what a workflow task came to: an update with 3 events, 2 activity tasks and 1 timer
 * moved, which completes the leased workflow task.
 */
public final class WorkflowTask implements Row {

  private static final int EVENTS = 3;
  private static final int TASKS = 2;
  private static final Duration TIMER = Duration.ofDays(1);

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
  public Worker floor(Connection connection, int index) throws SQLException {
    Floor floor = new Floor(connection);
    Runs.Cursor cursor = new Runs.Cursor(index);
    LeasedTasks.Cursor leased = new LeasedTasks.Cursor(index);
    return () -> {
      cursor.next(EVENTS);
      floor.commit(cursor, leased.next());
      return 1;
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    Runs.Cursor cursor = new Runs.Cursor(index);
    LeasedTasks.Cursor leased = new LeasedTasks.Cursor(index);
    return () -> {
      cursor.next(EVENTS);
      persistence.executions().commit(transaction(cursor, leased.next()));
      return 1;
    };
  }

  private static WorkflowTransaction transaction(Runs.Cursor cursor, long task) {
    Instant now = Instant.now();
    WorkflowTransaction.Builder transaction =
        WorkflowTransaction.builder(Runs.lease(cursor.run().workflowId()))
            .change(
                AppendHistory.update(cursor, EVENTS, now)
                    .timer(
                        new TimerUpsert(Runs.TIMER_ID, now.plus(TIMER), Json.of(Sample.TIMER_DATA)))
                    .build())
            .completes(LeasedTasks.lease(task));
    for (int i = 0; i < TASKS; i++) {
      transaction.enqueue(NewTask.of(Sample.ACTIVITIES, cursor.run(), Json.of(Sample.TASK_DATA)));
    }
    return transaction.build();
  }

  private static final class Floor {
    private final FloorCommit commit;
    private final FloorUpdate update;
    private final Parameter timerId;
    private final Parameter fireAt;
    private final Parameter timerData;
    private final FloorLeaseRows completed;
    private final FloorTaskRows tasks;
    private final FloorTaskIds ids;

    Floor(Connection connection) throws SQLException {
      commit =
          new FloorCommit(
              connection,
              "shards.fence",
              "commits.insert",
              "currentRuns.isCurrent",
              "executions.updateWithHistory",
              "history.insert",
              "timers.set",
              "taskQueues.complete",
              "taskQueues.insert");
      update = new FloorUpdate(commit);
      timerId = commit.parameter("timers.set", "timer_id");
      fireAt = commit.parameter("timers.set", "fire_at");
      timerData = commit.parameter("timers.set", "timer_data");
      completed = commit.completions();
      tasks = commit.tasks();
      ids = new FloorTaskIds(connection);
    }

    void commit(Runs.Cursor cursor, long task) throws SQLException {
      Instant now = Instant.now();
      update.bind(cursor, EVENTS, now);
      timerId.setArray("text", new String[] {Runs.TIMER_ID});
      fireAt.setArray("timestamptz", new String[] {now.plus(TIMER).toString()});
      timerData.setArray("jsonb", new String[] {Sample.TIMER_DATA});
      completed.bind(Sample.WORKFLOWS, new Long[] {task}, new UUID[] {LeasedTasks.leaseId(task)});
      tasks.bind(Sample.ACTIVITIES, TASKS, cursor.run(), ids::next);
      commit.send();
    }
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(done, "SELECT sum(version - 1) FROM workflow_executions");
    database.expect(EVENTS * done, "SELECT count(*) FROM history_events");
    database.expect(
        TASKS * done, "SELECT count(*) FROM task_queues WHERE task_queue_type = 'activity'");
    database.expect(done, "SELECT count(*) FROM task_completions");
    database.expect(
        0,
        "SELECT count(*) FROM workflow_executions e WHERE NOT EXISTS"
            + " (SELECT FROM workflow_timers t WHERE t.run_id = e.run_id)");
  }
}
