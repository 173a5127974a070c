package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import io.odin.persistence.sql.Sql;
import io.odin.persistence.task.TaskQueue;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

/** Leases bound by hand: one array for each column. */
final class FloorLeaseRows {

  private final Parameter queueName;
  private final Parameter queueType;
  private final Parameter taskId;
  private final Parameter leaseId;

  FloorLeaseRows(Prepared prepared, Sql complete) {
    queueName = prepared.parameter("task_queue_name", complete);
    queueType = prepared.parameter("task_queue_type", complete);
    taskId = prepared.parameter("task_id", complete);
    leaseId = prepared.parameter("lease_id", complete);
  }

  void bind(TaskQueue queue, Long[] taskIds, UUID[] leaseIds) throws SQLException {
    String[] names = new String[taskIds.length];
    Arrays.fill(names, queue.name());
    String[] types = new String[taskIds.length];
    Arrays.fill(types, queue.type().value());
    String[] leases = new String[taskIds.length];
    Arrays.setAll(leases, i -> leaseIds[i].toString());
    queueName.setArray("text", names);
    queueType.setArray("text", types);
    taskId.setArray("int8", taskIds);
    leaseId.setArray("uuid", leases);
  }
}
