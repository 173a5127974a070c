package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.task.TaskCompletionsTable.LEASE_END;
import static io.odin.persistence.sql.task.TaskQueuesTable.LEASE_ID;

import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LeaseLostException.Reason;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.task.TaskLease;
import java.sql.SQLException;
import java.util.Optional;

/** Reports how a lease ended, for the task store and for commits alike. Thread-safe. */
final class TaskLeases {

  private final TaskSql sql;

  TaskLeases(TaskSql sql) {
    this.sql = sql;
  }

  /** The columns that name a task and the lease on it. */
  static Binds binds(TaskLease lease) {
    return TaskMapper.task(lease.task()).and(LEASE_ID, lease.leaseId());
  }

  /** How the worker has ended its lease, if it did; sending the same again is answered by it. */
  Optional<LeaseEnd> end(Session session, TaskLease lease) throws SQLException {
    return session.first(sql.findLeaseEnd, record(lease), row -> LeaseEnd.of(row.get(LEASE_END)));
  }

  /** Records how the worker ends its lease, other than by completing the task. */
  Step recordEnd(TaskLease lease, LeaseEnd end) {
    return Step.change(sql.recordLeaseEnd, record(lease).and(LEASE_END, end.value()));
  }

  private static Binds record(TaskLease lease) {
    return Binds.of(NAMESPACE_ID, lease.task().queue().namespace().value())
        .and(LEASE_ID, lease.leaseId());
  }

  /** Why a lease does not hold any more. */
  Reason reason(Session session, TaskLease lease) throws SQLException {
    return session
        .first(
            sql.leaseState,
            TaskMapper.task(lease.task()),
            row ->
                row.optional(LEASE_ID)
                    .map(id -> id.equals(lease.leaseId()) ? Reason.EXPIRED : Reason.TAKEN_OVER))
        .flatMap(reason -> reason)
        .orElse(Reason.GONE);
  }

  LeaseLostException lost(Session session, TaskLease lease) throws SQLException {
    return new LeaseLostException(lease.task().toString(), reason(session, lease));
  }
}
