package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.task.TaskQueue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leases tasks that a claim has locked, where that takes statements of its own. */
final class BaselineLeasing {

  private final Prepared lease;
  private final Parameter namespaceId;
  private final Parameter queueName;
  private final Parameter queueType;
  private final Parameter worker;
  private final Parameter leasedAt;
  private final Parameter heartbeatAt;
  private final BaselineRows rows;

  BaselineLeasing(Baseline baseline, List<Sql> statements) throws SQLException {
    lease = baseline.prepare(statements);
    namespaceId = lease.parameter("namespace_id");
    queueName = lease.parameter("task_queue_name");
    queueType = lease.parameter("task_queue_type");
    worker = lease.parameter("worker_identity");
    leasedAt = lease.parameter("leased_at");
    heartbeatAt = lease.parameter("heartbeat_at");
    rows =
        lease.rows(
            statements,
            Column.number("task_id"),
            Column.uuid("lease_id"),
            Column.instant("lease_expires_at"),
            Column.integer("attempt_count"));
  }

  /** Who gets the leases. */
  Parameter worker() {
    return worker;
  }

  void lease(TaskQueue queue, List<BaselineClaim.Leased> tasks) throws SQLException {
    namespaceId.set(queue.namespace().value());
    queueName.set(queue.name());
    queueType.set(queue.type().value());
    leasedAt.set(0L);
    heartbeatAt.set(0L);
    List<@Nullable Object[]> values = new ArrayList<>(tasks.size());
    for (BaselineClaim.Leased task : tasks) {
      values.add(new Object[] {task.taskId(), task.leaseId(), task.leasedUntil(), task.attempt()});
    }
    rows.bind(values);
    lease.sendAll();
  }
}
