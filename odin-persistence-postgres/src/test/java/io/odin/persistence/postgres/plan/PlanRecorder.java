package io.odin.persistence.postgres.plan;

import io.odin.persistence.postgres.PostgresDialect;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.tests.Plan;
import io.odin.persistence.sql.tests.StoreConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the stores have them, on which the server reports how it runs each statement
 * (auto_explain, which comes with PostgreSQL). What is run is rolled back. Not thread-safe.
 */
final class PlanRecorder implements AutoCloseable {

  private static final Map<String, RowShape.Type> TYPES =
      Map.of(
          "text", RowShape.Type.TEXT,
          "uuid", RowShape.Type.UUID,
          "int8", RowShape.Type.NUMBER,
          "int4", RowShape.Type.INTEGER,
          "timestamptz", RowShape.Type.INSTANT,
          "jsonb", RowShape.Type.JSON,
          "bool", RowShape.Type.BOOLEAN,
          "bytea", RowShape.Type.BYTES);

  private static final int RUNS = 3;

  private final PostgresDialect dialect = new PostgresDialect();
  private final Connection connection;

  PlanRecorder(PostgresTckDatabase database) {
    try {
      connection = StoreConnection.open(dialect, database.config());
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            """
            LOAD 'auto_explain';
            SET auto_explain.log_min_duration = 0;
            SET auto_explain.log_analyze = on;
            SET auto_explain.log_timing = off;
            SET auto_explain.log_buffers = on;
            SET auto_explain.log_level = notice\
            """);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("no plans can be recorded: " + e.getMessage(), e);
    }
  }

  /**
   * The plan of a statement once its caches are warm. Where an array is wanted, it holds the one
   * value, if there is one. What the statement changes is rolled back.
   */
  Plan of(Sql sql, Binds binds) {
    try (PreparedStatement statement = connection.prepareStatement(sql.jdbcText());
        Statement transaction = connection.createStatement()) {
      for (int i = 1; i < RUNS; i++) {
        run(transaction, statement, sql, binds);
      }
      return run(transaction, statement, sql, binds).plan();
    } catch (SQLException e) {
      throw new AssertionError(sql + " does not run: " + e.getMessage(), e);
    }
  }

  /** The plan of a query that a user has composed, as the search of a store runs it. */
  Plan ofSearch(Step search) {
    Sql explain =
        Sql.of("explain", "EXPLAIN (ANALYZE, BUFFERS, TIMING off) " + search.sql().text());
    StringBuilder lines = new StringBuilder();
    Step explained =
        Step.query(
            explain, search.binds(), row -> lines.append(row.text("QUERY PLAN")).append('\n'));
    try (Statement transaction = connection.createStatement()) {
      transaction.execute("BEGIN");
      dialect.pipeline().search(connection, explained, Duration.ofSeconds(30));
      transaction.execute("ROLLBACK");
      return new PlanText(lines.toString()).plan();
    } catch (SQLException e) {
      throw new AssertionError(search.sql().text() + " does not run: " + e.getMessage(), e);
    }
  }

  private PlanText run(Statement transaction, PreparedStatement statement, Sql sql, Binds binds)
      throws SQLException {
    int index = 1;
    for (String parameter : sql.parameters()) {
      dialect.values().bind(statement, index++, value(sql, parameter, binds));
    }
    transaction.execute("BEGIN");
    try {
      statement.execute();
    } finally {
      transaction.execute("ROLLBACK");
    }
    // The server reports a plan when the query is closed, some only at the next statement.
    String warnings = texts(statement.getWarnings()) + texts(transaction.getWarnings());
    statement.clearWarnings();
    transaction.clearWarnings();
    return new PlanText(warnings.substring(Math.max(0, warnings.indexOf("plan:"))));
  }

  private static String texts(@Nullable SQLWarning first) {
    StringBuilder text = new StringBuilder();
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      text.append(warning.getMessage()).append('\n');
    }
    return text.toString();
  }

  private static @Nullable Object value(Sql sql, String parameter, Binds binds) {
    Object value = binds.value(sql, parameter);
    Matcher array = Pattern.compile(":" + parameter + "::(\\w+)\\[]").matcher(sql.text());
    if (!array.find() || value instanceof RowShape.ColumnValues) {
      return value;
    }
    RowShape.Type type = TYPES.get(array.group(1).toLowerCase(Locale.ROOT));
    if (type == null) {
      throw new IllegalStateException(array.group() + " of " + sql + " is not known here");
    }
    return new RowShape.ColumnValues(type, Collections.singletonList(value));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
