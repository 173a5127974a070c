package io.odin.persistence.tck.database;

import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The functions of the schema, called through JDBC. */
public final class JdbcSqlFunctions implements SqlFunctions {

  private final JdbcTckDatabase database;
  private final String callRoutine;

  /**
   * Creates the functions of one database.
   *
   * @param callRoutine the words before the name of a routine that changes rows, such as {@code
   *     CALL}
   */
  public JdbcSqlFunctions(JdbcTckDatabase database, String callRoutine) {
    this.database = database;
    this.callRoutine = callRoutine;
  }

  @Override
  public List<Integer> shardsOf(List<String> workflowIds, int shardCount) {
    return database.call(
        connection -> {
          List<Integer> shards = new ArrayList<>(workflowIds.size());
          try (PreparedStatement statement =
              connection.prepareStatement("SELECT calculate_shard_id(?, ?)")) {
            statement.setInt(2, shardCount);
            for (String workflowId : workflowIds) {
              statement.setString(1, workflowId);
              try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                shards.add(rows.getInt(1));
              }
            }
          }
          return shards;
        });
  }

  @Override
  public Optional<SqlTask> nextTask(TaskQueue queue, String worker, Duration leaseFor) {
    return database.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(nextTask())) {
            return nextTask(statement, queue, worker, leaseFor);
          }
        });
  }

  @Override
  public List<SqlTask> drain(TaskQueue queue, String worker, Duration leaseFor) {
    return database.call(
        connection -> {
          List<SqlTask> drained = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(nextTask())) {
            Optional<SqlTask> next = nextTask(statement, queue, worker, leaseFor);
            while (next.isPresent()) {
              drained.add(next.get());
              next = nextTask(statement, queue, worker, leaseFor);
            }
          }
          return drained;
        });
  }

  private String nextTask() {
    return callRoutine + " get_next_task(?, ?, ?, ?, ?)";
  }

  private Optional<SqlTask> nextTask(
      PreparedStatement statement, TaskQueue queue, String worker, Duration leaseFor)
      throws SQLException {
    database.bind(statement, 1, queue.namespace().value());
    statement.setString(2, queue.name());
    statement.setString(3, queue.type().value());
    statement.setString(4, worker);
    // The routine takes seconds.
    statement.setInt(5, (int) Math.ceilDiv(leaseFor.toMillis(), 1000));
    try (ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new SqlTask(
              new TaskKey(queue, rows.getLong("task_id")),
              rows.getString("workflow_id"),
              database.uuid(rows, "run_id"),
              database.uuid(rows, "lease_id")));
    }
  }

  @Override
  public int cleanupExpiredTasks() {
    return number("cleanup_expired_tasks()");
  }

  @Override
  public int cleanupExpiredLeases() {
    return number("cleanup_expired_leases()");
  }

  private int number(String call) {
    return database.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(callRoutine + " " + call);
              ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
          }
        });
  }
}
