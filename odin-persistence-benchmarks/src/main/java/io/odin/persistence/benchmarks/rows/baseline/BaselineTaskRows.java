package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.task.TaskQueue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New tasks bound by hand. */
public final class BaselineTaskRows {

  private static final int PRIORITY = 3;

  private final BaselineRows rows;

  /** Of the statement that inserts them. */
  BaselineTaskRows(Prepared prepared, String name) {
    rows =
        prepared.rows(
            name,
            Column.text("task_queue_name"),
            Column.text("task_queue_type"),
            Column.number("task_id"),
            Column.text("workflow_id"),
            Column.uuid("run_id"),
            Column.number("scheduled_at"),
            Column.number("expiry_at"),
            Column.json("task_data"),
            Column.noBytes("task_bytes"),
            Column.integer("partition_hash"),
            Column.integer("priority"));
  }

  public void bind(TaskQueue queue, int count, RunKey run, BaselineTaskIds ids)
      throws SQLException {
    List<@Nullable Object[]> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(
          new @Nullable Object[] {
            queue.name(),
            queue.type().value(),
            ids.next(),
            run.workflowId(),
            run.runId(),
            0L,
            null,
            Sample.TASK_DATA,
            null,
            ShardHash.partitionHashOf(run.workflowId()),
            PRIORITY
          });
    }
    rows.bind(values);
  }
}
