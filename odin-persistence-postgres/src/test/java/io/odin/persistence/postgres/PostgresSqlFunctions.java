package io.odin.persistence.postgres;

import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.tck.SqlFunctions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The functions of 10_functions.sql, called with the driver and nothing else. */
final class PostgresSqlFunctions implements SqlFunctions {

  private static final String NEXT_TASK = "SELECT * FROM get_next_task(?, ?, ?, ?, ?)";

  private final PostgresTckDatabase database;

  PostgresSqlFunctions(PostgresTckDatabase database) {
    this.database = database;
  }

  @Override
  public List<Integer> shardsOf(List<String> workflowIds, int shardCount) {
    return on(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  """
                  SELECT calculate_shard_id(id, ?) FROM unnest(?) WITH ORDINALITY AS ids (id, position)
                  ORDER BY position\
                  """)) {
            statement.setInt(1, shardCount);
            statement.setArray(2, connection.createArrayOf("text", workflowIds.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
              List<Integer> shards = new ArrayList<>(workflowIds.size());
              while (rows.next()) {
                shards.add(rows.getInt(1));
              }
              return shards;
            }
          }
        });
  }

  @Override
  public Optional<SqlTask> nextTask(TaskQueue queue, String worker, Duration leaseFor) {
    return on(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(NEXT_TASK)) {
            return nextTask(statement, queue, worker, leaseFor);
          }
        });
  }

  @Override
  public List<SqlTask> drain(TaskQueue queue, String worker, Duration leaseFor) {
    return on(
        connection -> {
          List<SqlTask> drained = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(NEXT_TASK)) {
            Optional<SqlTask> next = nextTask(statement, queue, worker, leaseFor);
            while (next.isPresent()) {
              drained.add(next.get());
              next = nextTask(statement, queue, worker, leaseFor);
            }
          }
          return drained;
        });
  }

  private static Optional<SqlTask> nextTask(
      PreparedStatement statement, TaskQueue queue, String worker, Duration leaseFor)
      throws SQLException {
    statement.setObject(1, queue.namespace().value());
    statement.setString(2, queue.name());
    statement.setString(3, queue.type().value());
    statement.setString(4, worker);
    // The function counts in seconds.
    statement.setInt(5, (int) Math.ceilDiv(leaseFor.toMillis(), 1000));
    try (ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new SqlTask(
              new TaskKey(queue, rows.getLong("task_id")),
              rows.getString("workflow_id"),
              rows.getObject("run_id", UUID.class),
              rows.getObject("lease_id", UUID.class)));
    }
  }

  @Override
  public int cleanupExpiredTasks() {
    return database.value("SELECT cleanup_expired_tasks()::int", Integer.class);
  }

  @Override
  public int cleanupExpiredLeases() {
    return database.value("SELECT cleanup_expired_leases()::int", Integer.class);
  }

  private <T> T on(SqlWork<T> work) {
    try (Connection connection = database.connect()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the function failed: " + e.getMessage(), e);
    }
  }

  private interface SqlWork<T> {
    T with(Connection connection) throws SQLException;
  }
}
