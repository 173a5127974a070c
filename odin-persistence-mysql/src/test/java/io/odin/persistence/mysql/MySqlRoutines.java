package io.odin.persistence.mysql;

import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.tck.SqlFunctions;
import java.nio.ByteBuffer;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The routines of 10_functions.sql, called with the driver and nothing else. */
final class MySqlRoutines implements SqlFunctions {

  private static final String NEXT_TASK = "{CALL get_next_task(?, ?, ?, ?, ?)}";

  private final MySqlTckDatabase database;

  MySqlRoutines(MySqlTckDatabase database) {
    this.database = database;
  }

  @Override
  public List<Integer> shardsOf(List<String> workflowIds, int shardCount) {
    return on(
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
    return on(
        connection -> {
          try (CallableStatement statement = connection.prepareCall(NEXT_TASK)) {
            return nextTask(statement, queue, worker, leaseFor);
          }
        });
  }

  @Override
  public List<SqlTask> drain(TaskQueue queue, String worker, Duration leaseFor) {
    return on(
        connection -> {
          List<SqlTask> drained = new ArrayList<>();
          try (CallableStatement statement = connection.prepareCall(NEXT_TASK)) {
            Optional<SqlTask> next = nextTask(statement, queue, worker, leaseFor);
            while (next.isPresent()) {
              drained.add(next.get());
              next = nextTask(statement, queue, worker, leaseFor);
            }
          }
          return drained;
        });
  }

  private Optional<SqlTask> nextTask(
      CallableStatement statement, TaskQueue queue, String worker, Duration leaseFor)
      throws SQLException {
    database.bind(statement, 1, queue.namespace().value());
    statement.setString(2, queue.name());
    statement.setString(3, queue.type().value());
    statement.setString(4, worker);
    // The procedure counts in seconds.
    statement.setInt(5, (int) Math.ceilDiv(leaseFor.toMillis(), 1000));
    try (ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new SqlTask(
              new TaskKey(queue, rows.getLong("task_id")),
              rows.getString("workflow_id"),
              uuid(rows.getBytes("run_id")),
              uuid(rows.getBytes("lease_id"))));
    }
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  @Override
  public int cleanupExpiredTasks() {
    return count("{CALL cleanup_expired_tasks()}");
  }

  @Override
  public int cleanupExpiredLeases() {
    return count("{CALL cleanup_expired_leases()}");
  }

  private int count(String call) {
    return on(
        connection -> {
          try (CallableStatement statement = connection.prepareCall(call);
              ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
          }
        });
  }

  private <T> T on(SqlWork<T> work) {
    try (Connection connection = database.connect()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the routine failed: " + e.getMessage(), e);
    }
  }

  private interface SqlWork<T> {
    T with(Connection connection) throws SQLException;
  }
}
