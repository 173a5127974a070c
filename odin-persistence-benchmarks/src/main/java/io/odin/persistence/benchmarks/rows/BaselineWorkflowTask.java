package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a workflow task, within a commit on plain JDBC. */
final class BaselineWorkflowTask {

  private final BaselineUpdate update;
  private final BaselineRows timers;
  private final BaselineLeaseRows completed;
  private final BaselineTaskRows tasks;
  private final BaselineTaskIds ids;

  BaselineWorkflowTask(Baseline baseline, BaselineCommit commit) throws SQLException {
    update = new BaselineUpdate(commit);
    timers =
        commit.rows(
            "timers.set",
            Column.text("timer_id"),
            Column.instant("fire_at"),
            Column.json("timer_data"));
    completed = commit.completions();
    tasks = commit.tasks();
    ids = new BaselineTaskIds(baseline);
  }

  void bind(Runs.Cursor cursor, long task, Instant now) throws SQLException {
    update.bind(cursor, WorkflowTask.EVENTS, now);
    timers.bind(
        List.<@Nullable Object[]>of(
            new Object[] {Runs.TIMER_ID, now.plus(WorkflowTask.TIMER), Sample.TIMER_DATA}));
    completed.bind(
        Sample.WORKFLOWS, List.of(new BaselineLeaseRows.Lease(task, LeasedTasks.leaseId(task))));
    tasks.bind(Sample.ACTIVITIES, WorkflowTask.TASKS, cursor.run(), ids);
  }
}
