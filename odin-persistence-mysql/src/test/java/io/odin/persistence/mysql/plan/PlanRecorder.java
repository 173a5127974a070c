package io.odin.persistence.mysql.plan;

import io.odin.persistence.mysql.MySqlDialect;
import io.odin.persistence.mysql.MySqlTckDatabase;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.tests.Plan;
import io.odin.persistence.sql.tests.StoreConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the stores have them, on which the server reports how it is going to run each
 * statement, and counts what it reads then. What is run is rolled back. Not thread-safe.
 */
final class PlanRecorder implements AutoCloseable {

  private static final Pattern COLUMN = Pattern.compile("(\\w+) [A-Z][^\\n]* PATH");
  private static final int RUNS = 5;

  private final MySqlDialect dialect = new MySqlDialect();
  private final Connection connection;

  PlanRecorder(MySqlTckDatabase database) {
    try {
      connection = StoreConnection.open(dialect, database.config());
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new IllegalStateException("no plans can be recorded: " + e.getMessage(), e);
    }
  }

  /**
   * The plan of a statement, and the least that it read in several runs: other sessions look at
   * pages, too. Where a document of rows is wanted, it holds one.
   */
  Plan of(Sql sql, Binds binds) {
    try (PreparedStatement explain =
            connection.prepareStatement("EXPLAIN FORMAT=TRADITIONAL " + sql.jdbcText());
        PreparedStatement statement = connection.prepareStatement(sql.jdbcText())) {
      bind(explain, sql, binds);
      bind(statement, sql, binds);
      Explained explained = Explained.of(sql, explain.executeQuery());
      long rows = Long.MAX_VALUE;
      long pages = Long.MAX_VALUE;
      for (int run = 0; run < RUNS; run++) {
        long rowsBefore = count("SESSION STATUS LIKE 'Handler_read_%'");
        long pagesBefore = count("GLOBAL STATUS LIKE 'Innodb_buffer_pool_read_requests'");
        statement.execute();
        pages =
            Math.min(
                pages,
                count("GLOBAL STATUS LIKE 'Innodb_buffer_pool_read_requests'") - pagesBefore);
        rows = Math.min(rows, count("SESSION STATUS LIKE 'Handler_read_%'") - rowsBefore);
        connection.rollback();
      }
      return explained.plan(rows, pages);
    } catch (SQLException e) {
      throw new AssertionError(sql + " does not run: " + e.getMessage(), e);
    }
  }

  private long count(String counters) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW " + counters)) {
      long sum = 0;
      while (rows.next()) {
        sum += rows.getLong("Value");
      }
      return sum;
    }
  }

  private void bind(PreparedStatement statement, Sql sql, Binds binds) throws SQLException {
    int index = 1;
    for (String parameter : sql.parameters()) {
      Object value =
          parameter.equals(RowShape.ALL) ? oneRow(sql, binds) : binds.value(sql, parameter);
      dialect.values().bind(statement, index++, value);
    }
  }

  private static RowShape.Batch oneRow(Sql sql, Binds binds) {
    List<@Nullable Object> row = new ArrayList<>();
    for (MatchResult column : COLUMN.matcher(sql.text()).results().toList()) {
      row.add(binds.value(sql, column.group(1)));
    }
    return new RowShape.Batch(List.of(), List.of(row));
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
