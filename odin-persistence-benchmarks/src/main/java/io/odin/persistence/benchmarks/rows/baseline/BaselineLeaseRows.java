package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.task.TaskQueue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Leases that are completed, bound by hand. */
final class BaselineLeaseRows {

  private final BaselineRows rows;

  BaselineLeaseRows(Prepared prepared) {
    rows =
        prepared.rows(
            "taskQueues.complete",
            Column.text("task_queue_name"),
            Column.text("task_queue_type"),
            Column.number("task_id"),
            Column.uuid("lease_id"));
  }

  /**
   * A lease.
   *
   * @param taskId of the task
   * @param leaseId of this lease
   */
  record Lease(long taskId, UUID leaseId) {}

  void bind(TaskQueue queue, List<Lease> leases) throws SQLException {
    List<@Nullable Object[]> values = new ArrayList<>(leases.size());
    for (Lease lease : leases) {
      values.add(
          new Object[] {queue.name(), queue.type().value(), lease.taskId(), lease.leaseId()});
    }
    rows.bind(values);
  }
}
