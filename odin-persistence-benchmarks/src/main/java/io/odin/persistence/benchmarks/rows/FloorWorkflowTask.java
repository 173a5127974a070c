package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.floor.Column;
import io.odin.persistence.benchmarks.floor.Floor;
import io.odin.persistence.benchmarks.floor.FloorRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a workflow task came to, within a commit on plain JDBC. */
final class FloorWorkflowTask {

  private final FloorUpdate update;
  private final FloorRows timers;
  private final FloorLeaseRows completed;
  private final FloorTaskRows tasks;
  private final FloorTaskIds ids;

  FloorWorkflowTask(Floor floor, FloorCommit commit) throws SQLException {
    update = new FloorUpdate(commit);
    timers =
        commit.rows(
            "timers.set",
            Column.text("timer_id"),
            Column.instant("fire_at"),
            Column.json("timer_data"));
    completed = commit.completions();
    tasks = commit.tasks();
    ids = new FloorTaskIds(floor);
  }

  void bind(Runs.Cursor cursor, long task, Instant now) throws SQLException {
    update.bind(cursor, WorkflowTask.EVENTS, now);
    timers.bind(
        List.<@Nullable Object[]>of(
            new Object[] {Runs.TIMER_ID, now.plus(WorkflowTask.TIMER), Sample.TIMER_DATA}));
    completed.bind(
        Sample.WORKFLOWS, List.of(new FloorLeaseRows.Lease(task, LeasedTasks.leaseId(task))));
    tasks.bind(Sample.ACTIVITIES, WorkflowTask.TASKS, cursor.run(), ids);
  }
}
