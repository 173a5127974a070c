package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import io.odin.persistence.benchmarks.rows.data.LeasedTasks;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a workflow task, within a commit on plain JDBC. */
public final class BaselineWorkflowTask {

  private final BaselineUpdate update;
  private final BaselineRows timers;
  private final BaselineLeaseRows completed;
  private final BaselineTaskRows tasks;
  private final BaselineTaskIds ids;

  /**
   * The result of a commit.
   *
   * @param update the name of the statement that updates the run
   */
  public BaselineWorkflowTask(Baseline baseline, BaselineCommit commit, String update)
      throws SQLException {
    this.update = new BaselineUpdate(commit, update);
    timers =
        commit.rows(
            "timers.set",
            Column.text("timer_id"),
            Column.instant("fire_at"),
            Column.json("timer_data"),
            Column.noBytes("timer_bytes"));
    completed = commit.completions();
    tasks = commit.tasks();
    ids = new BaselineTaskIds(baseline);
  }

  public void bind(Runs.Cursor cursor, long task, Instant now) throws SQLException {
    update.bind(cursor, Sample.TASK_EVENTS, now);
    timers.bind(
        List.<@Nullable Object[]>of(
            new @Nullable Object[] {
              Runs.TIMER_ID, now.plus(Sample.TASK_TIMER), Sample.TIMER_DATA, null
            }));
    completed.bind(
        Sample.WORKFLOWS, List.of(new BaselineLeaseRows.Lease(task, LeasedTasks.leaseId(task))));
    tasks.bind(Sample.ACTIVITIES, Sample.TASK_ACTIVITIES, cursor.run(), ids);
  }
}
