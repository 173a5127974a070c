package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Columns.AGE;
import static io.odin.persistence.sql.statement.Columns.LIMIT;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.LEASE_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_NAME;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_TYPE;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Clears away what no poll needs cleared. Thread-safe. */
final class TaskHousekeeping {

  private final Database database;
  private final TaskSql sql;

  TaskHousekeeping(Database database, TaskSql sql) {
    this.database = database;
    this.sql = sql;
  }

  int reclaimExpired(NamespaceId namespace, int limit) {
    return database.transaction(
        "taskQueues.reclaimExpired",
        session -> {
          List<Binds> expired =
              session.query(
                  sql.expiredLeases,
                  Binds.of(NAMESPACE_ID, namespace.value()).and(LIMIT, limit),
                  row -> key(namespace, row).and(LEASE_ID, row.get(LEASE_ID)));
          // A poller or a heartbeat may have been quicker; what it left live is not touched.
          int[] cleared = session.batch(sql.clearExpired, expired);
          List<Binds> orphaned =
              IntStream.range(0, expired.size())
                  .filter(i -> cleared[i] > 0)
                  .mapToObj(expired::get)
                  .toList();
          session.batch(sql.deleteLease, orphaned);
          return orphaned.size();
        });
  }

  int purgeExpired(NamespaceId namespace, int limit) {
    return database.transaction(
        "taskQueues.purgeExpired",
        session -> {
          List<Binds> expired =
              session.query(
                  sql.expiredTasks,
                  Binds.of(NAMESPACE_ID, namespace.value()).and(LIMIT, limit),
                  row -> key(namespace, row));
          session.batch(sql.deleteEnding, expired);
          session.batch(sql.insertEnding, expired);
          session.batch(sql.delete, expired);
          session.batch(sql.deleteLease, expired);
          return expired.size();
        });
  }

  int trimCompletions(NamespaceId namespace, Duration age, int limit) {
    Binds old = Binds.of(NAMESPACE_ID, namespace.value()).and(AGE, age).and(LIMIT, limit);
    return database.transaction(
        "taskQueues.trimCompletions",
        session -> {
          List<Binds> leases =
              session.search(
                  sql.oldCompletions,
                  old,
                  row ->
                      Binds.of(NAMESPACE_ID, namespace.value()).and(LEASE_ID, row.get(LEASE_ID)));
          List<Binds> ids = session.search(sql.oldEndings, old, row -> key(namespace, row));
          return Math.max(
              Arrays.stream(session.batch(sql.deleteCompletion, leases)).sum(),
              Arrays.stream(session.batch(sql.deleteEnding, ids)).sum());
        });
  }

  private static Binds key(NamespaceId namespace, Row row) throws SQLException {
    return Binds.of(NAMESPACE_ID, namespace.value())
        .and(TASK_QUEUE_NAME, row.get(TASK_QUEUE_NAME))
        .and(TASK_QUEUE_TYPE, row.get(TASK_QUEUE_TYPE))
        .and(TASK_ID, row.get(TASK_ID));
  }
}
