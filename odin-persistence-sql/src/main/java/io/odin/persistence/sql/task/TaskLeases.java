package io.odin.persistence.sql.task;

import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LeaseLostException.Reason;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.task.TaskLease;
import java.sql.SQLException;

/** Reports how a lease ended, for the task store and for commits alike. Thread-safe. */
final class TaskLeases {

  private final TaskSql sql;

  TaskLeases(TaskSql sql) {
    this.sql = sql;
  }

  /** The columns that name a task and the lease on it. */
  static Binds binds(TaskLease lease) {
    return TaskMapper.task(lease.task()).and("lease_id", lease.leaseId());
  }

  /** Whether a task was completed under this lease. */
  boolean isCompleted(Session session, TaskLease lease) throws SQLException {
    Binds binds =
        Binds.of("namespace_id", lease.task().queue().namespace().value())
            .and("lease_id", lease.leaseId());
    return session.first(sql.findCompletion, binds, row -> row.uuid("lease_id")).isPresent();
  }

  /** Why a lease does not hold any more. */
  Reason reason(Session session, TaskLease lease) throws SQLException {
    return session
        .first(
            sql.leaseState,
            TaskMapper.task(lease.task()),
            row ->
                row.optionalUuid("lease_id")
                    .map(id -> id.equals(lease.leaseId()) ? Reason.EXPIRED : Reason.TAKEN_OVER))
        .flatMap(reason -> reason)
        .orElse(Reason.GONE);
  }

  LeaseLostException lost(Session session, TaskLease lease) throws SQLException {
    return new LeaseLostException(lease.task().toString(), reason(session, lease));
  }
}
