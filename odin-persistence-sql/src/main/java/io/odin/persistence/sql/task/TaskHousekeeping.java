package io.odin.persistence.sql.task;

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
                  Binds.of("namespace_id", namespace.value()).and("limit", limit),
                  row -> key(namespace, row).and("lease_id", row.uuid("lease_id")));
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
                  Binds.of("namespace_id", namespace.value()).and("limit", limit),
                  row -> key(namespace, row));
          session.batch(sql.delete, expired);
          session.batch(sql.deleteLease, expired);
          return expired.size();
        });
  }

  int trimCompletions(NamespaceId namespace, Duration age, int limit) {
    return database.transaction(
        "taskQueues.trimCompletions",
        session -> {
          List<Binds> old =
              session.search(
                  sql.oldCompletions,
                  Binds.of("namespace_id", namespace.value())
                      .and("age_microseconds", age)
                      .and("limit", limit),
                  row ->
                      Binds.of("namespace_id", namespace.value())
                          .and("lease_id", row.uuid("lease_id")));
          return Arrays.stream(session.batch(sql.deleteCompletion, old)).sum();
        });
  }

  private static Binds key(NamespaceId namespace, Row row) throws SQLException {
    return Binds.of("namespace_id", namespace.value())
        .and("task_queue_name", row.text("task_queue_name"))
        .and("task_queue_type", row.text("task_queue_type"))
        .and("task_id", row.number("task_id"));
  }
}
