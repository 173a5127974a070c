package io.odin.persistence.tck.database;

import io.odin.persistence.Credentials;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.retention.RunPart;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.task.TaskQueue;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of {@link TckDatabase} that SQL databases share. The tables are those of the schema;
 * each operation opens a new connection. Thread-safe.
 */
public abstract class JdbcTckDatabase implements TckDatabase {

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(jdbc:[^/]*//)([^:/]+):(\\d+)(?=/)");

  private final PersistenceConfig config;

  /**
   * Takes an empty database.
   *
   * @param config how to reach it, as a user who may apply the schema
   */
  protected JdbcTckDatabase(PersistenceConfig config) {
    this.config = config;
  }

  @Override
  public final PersistenceConfig config() {
    return config;
  }

  /** A new connection that bypasses the stores; the caller closes it. */
  public Connection connect() throws SQLException {
    Credentials credentials = config.credentials().get();
    return DriverManager.getConnection(
        config.url(), credentials.username(), credentials.password());
  }

  /** Binds a UUID in the form in which the columns of this database store it. */
  protected void bind(PreparedStatement statement, int index, UUID value) throws SQLException {
    statement.setObject(index, value);
  }

  /** Reads a UUID in the form in which the columns of this database store it. */
  protected UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  /** Runs statements on one connection, each in its own transaction. */
  public final void execute(String... statements) {
    call(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
              statement.execute(sql);
            }
            return statements.length;
          }
        });
  }

  @Override
  public final Fault failWrites(CommitPart part, WriteFailure failure) {
    return failWrites(part, failure, Integer.MAX_VALUE);
  }

  /** A fault that may be closed several times and ends with the first call. */
  protected static Fault once(Runnable end) {
    AtomicBoolean ended = new AtomicBoolean();
    return () -> {
      if (ended.compareAndSet(false, true)) {
        end.run();
      }
    };
  }

  /** The table that holds a part of a commit. */
  protected static String table(CommitPart part) {
    return switch (part) {
      case COMMIT_RECORD -> "workflow_commits";
      case CURRENT_RUN -> "workflow_current_runs";
      case EXECUTION -> "workflow_executions";
      case HISTORY -> "history_events";
      case TIMERS -> "workflow_timers";
      case SIGNALS -> "workflow_signals";
      case QUERY_RESULTS -> "workflow_query_results";
      case TASK_LEASE -> "task_queue_leases";
      case TASK_COMPLETION -> "task_completions";
      case TASKS -> "task_queues";
      case VISIBILITY -> "visibility_records";
      case TAGS -> "workflow_tags";
      case SCHEDULE -> "workflow_schedules";
      case SCHEDULE_RUN -> "schedule_execution_history";
    };
  }

  @Override
  public Map<String, Long> rowCounts(NamespaceId namespace) {
    return call(
        connection -> {
          Map<String, Long> counts = new TreeMap<>();
          for (String table : tablesOfNamespaces(connection)) {
            counts.put(table, count(connection, table, namespace));
          }
          return counts;
        });
  }

  private static List<String> tablesOfNamespaces(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet columns =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), "%", "namespace_id")) {
      while (columns.next()) {
        tables.add(columns.getString("TABLE_NAME"));
      }
    }
    return tables;
  }

  private long count(Connection connection, String table, NamespaceId namespace)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT count(*) FROM " + table + " WHERE namespace_id = ?")) {
      bind(statement, 1, namespace.value());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  @Override
  public void deleteEvent(RunKey run, long eventId) {
    call(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "DELETE FROM history_events WHERE namespace_id = ? AND workflow_id = ? AND run_id"
                      + " = ? AND event_id = ?")) {
            bindRun(statement, run);
            statement.setLong(4, eventId);
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public void insertOrphan(RunPart part, RunKey run) {
    call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(insertionOf(part))) {
            bindRun(statement, run);
            return statement.executeUpdate();
          }
        });
  }

  private static String insertionOf(RunPart part) {
    return switch (part) {
      case HISTORY -> insertionInto("history_events", "event_id, event_type", "1000000, 'Orphan'");
      case TIMERS ->
          insertionInto("workflow_timers", "timer_id, fire_at, shard_id", "'t', now(), 0");
      case SIGNALS ->
          insertionInto(
              "workflow_signals", "signal_id, signal_name, signal_sequence", "'s', 's', 1000000");
      case QUERY_RESULTS -> insertionInto("workflow_query_results", "query_name", "'q'");
      case TAGS -> insertionInto("workflow_tags", "tag_key, tag_value", "'orphan', 't'");
      case VISIBILITY ->
          insertionInto("visibility_records", "workflow_type, task_queue", "'t', 'q'");
      case CURRENT_RUN -> insertionInto("workflow_current_runs", "workflow_state", "'completed'");
    };
  }

  private static String insertionInto(String table, String columns, String values) {
    return "INSERT INTO %s (namespace_id, workflow_id, run_id, %s) VALUES (?, ?, ?, %s)"
        .formatted(table, columns, values);
  }

  @Override
  public void ageTasks(TaskQueue queue, Duration by) {
    call(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "UPDATE task_queues SET scheduled_at = ?, created_at = ? WHERE namespace_id = ?"
                      + " AND task_queue_name = ? AND task_queue_type = ?")) {
            OffsetDateTime then = now().minus(by).atOffset(ZoneOffset.UTC);
            statement.setObject(1, then);
            statement.setObject(2, then);
            bind(statement, 3, queue.namespace().value());
            statement.setString(4, queue.name());
            statement.setString(5, queue.type().value());
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public void ageSchedule(ScheduleKey schedule, Duration by) {
    String key = " WHERE namespace_id = ? AND schedule_id = ?";
    call(
        connection -> {
          try (PreparedStatement read =
                  connection.prepareStatement(
                      "SELECT created_at, next_run_at FROM workflow_schedules" + key);
              PreparedStatement write =
                  connection.prepareStatement(
                      "UPDATE workflow_schedules SET created_at = ?, next_run_at = ?" + key)) {
            bind(read, 1, schedule.namespace().value());
            bind(read, 2, schedule.scheduleId());
            try (ResultSet row = read.executeQuery()) {
              row.next();
              for (int column = 1; column <= 2; column++) {
                write.setObject(column, row.getObject(column, OffsetDateTime.class).minus(by));
              }
            }
            bind(write, 3, schedule.namespace().value());
            bind(write, 4, schedule.scheduleId());
            return write.executeUpdate();
          }
        });
  }

  @Override
  public InetSocketAddress address() {
    Matcher hostAndPort = hostAndPort();
    return new InetSocketAddress(hostAndPort.group(2), Integer.parseInt(hostAndPort.group(3)));
  }

  @Override
  public PersistenceConfig configAt(InetSocketAddress proxy) {
    Matcher hostAndPort = hostAndPort();
    String url =
        hostAndPort.group(1)
            + proxy.getHostString()
            + ":"
            + proxy.getPort()
            + config.url().substring(hostAndPort.end());
    return PersistenceConfig.builder(url).credentials(config.credentials()).build();
  }

  private Matcher hostAndPort() {
    Matcher hostAndPort = HOST_AND_PORT.matcher(config.url());
    if (!hostAndPort.lookingAt()) {
      throw new IllegalStateException("the kit needs host and port in " + config.redactedUrl());
    }
    return hostAndPort;
  }

  @Override
  public Fault holdRun(RunKey run) {
    return hold(
        "SELECT 1 FROM workflow_executions"
            + " WHERE namespace_id = ? AND workflow_id = ? AND run_id = ? FOR UPDATE",
        statement -> bindRun(statement, run));
  }

  /** Runs a locking query in a transaction that stays open until the fault is closed. */
  protected Fault hold(String lockingQuery, Binder binder) {
    try {
      Connection connection = connect();
      try {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(lockingQuery)) {
          binder.bind(statement);
          try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
              throw new IllegalStateException("there is no row to lock");
            }
          }
        }
        return () -> closeQuietly(connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the kit could not lock a row", e);
    }
  }

  private static void closeQuietly(Connection connection) {
    try (connection) {
      if (!connection.isClosed()) {
        connection.rollback();
      }
    } catch (SQLException e) {
      // The scenario has killed the connection: treat it as closed.
    }
  }

  private void bindRun(PreparedStatement statement, RunKey run) throws SQLException {
    bind(statement, 1, run.namespace().value());
    statement.setString(2, run.workflowId());
    bind(statement, 3, run.runId());
  }

  /**
   * Runs SQL on a new connection in autocommit mode.
   *
   * @throws IllegalStateException with the driver's exception
   */
  protected <T> T call(SqlCall<T> sql) {
    try (Connection connection = connect()) {
      return sql.on(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the kit's own SQL failed: " + e.getMessage(), e);
    }
  }

  /** SQL to run on a connection. */
  @FunctionalInterface
  protected interface SqlCall<T> {

    /** Runs the SQL. */
    T on(Connection connection) throws SQLException;
  }

  /** Binds the parameters of a statement. */
  @FunctionalInterface
  protected interface Binder {

    /** Binds the values. */
    void bind(PreparedStatement statement) throws SQLException;
  }
}
