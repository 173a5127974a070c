package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** What a workflow task came to, within a commit on plain JDBC. */
final class FloorWorkflowTask {

  private final FloorUpdate update;
  private final Parameter timerId;
  private final Parameter fireAt;
  private final Parameter timerData;
  private final FloorLeaseRows completed;
  private final FloorTaskRows tasks;
  private final FloorTaskIds ids;

  FloorWorkflowTask(Connection connection, FloorCommit commit) throws SQLException {
    update = new FloorUpdate(commit);
    timerId = commit.parameter("timers.set", "timer_id");
    fireAt = commit.parameter("timers.set", "fire_at");
    timerData = commit.parameter("timers.set", "timer_data");
    completed = commit.completions();
    tasks = commit.tasks();
    ids = new FloorTaskIds(connection);
  }

  void bind(Runs.Cursor cursor, long task, Instant now) throws SQLException {
    update.bind(cursor, WorkflowTask.EVENTS, now);
    timerId.setArray("text", new String[] {Runs.TIMER_ID});
    fireAt.setArray("timestamptz", new String[] {now.plus(WorkflowTask.TIMER).toString()});
    timerData.setArray("jsonb", new String[] {Sample.TIMER_DATA});
    completed.bind(Sample.WORKFLOWS, new Long[] {task}, new UUID[] {LeasedTasks.leaseId(task)});
    tasks.bind(Sample.ACTIVITIES, WorkflowTask.TASKS, cursor.run(), ids::next);
  }
}
