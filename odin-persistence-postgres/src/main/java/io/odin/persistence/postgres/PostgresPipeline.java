package io.odin.persistence.postgres;

import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.JoinedStatements;
import io.odin.persistence.sql.database.Pipeline;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.JdbcTypes;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends several statements in one round trip. The driver splits a text at its semicolons, prepares
 * each statement for itself, and sends them all before it waits; within a transaction even BEGIN
 * goes along. Thread-safe.
 */
final class PostgresPipeline implements Pipeline {

  /**
   * What {@link PostgresDialect#sessionSettings} takes away, and a limit of its own, until the
   * transaction ends.
   */
  static final Sql FREE_PLANNER =
      Sql.of(
          "search",
          """
          SELECT set_config('enable_bitmapscan', 'on', true),
                 set_config('enable_sort', 'on', true),
                 set_config('plan_cache_mode', 'force_custom_plan', true),
                 set_config('statement_timeout', :search_timeout, true)\
          """);

  private static final String COMMIT = "COMMIT";

  // The same text object for the same statements: the driver's cache is keyed by it.
  private final Map<List<String>, String> commits = new ConcurrentHashMap<>();
  private final Map<Sql, CheckedStatement> checked = new ConcurrentHashMap<>();
  private final JoinedStatements joined;

  PostgresPipeline(JdbcTypes values) {
    joined = new JoinedStatements(values);
  }

  /** Everything is one round trip at any distance. */
  @Override
  public Duration roundTrip(Connection connection) {
    return Duration.ZERO;
  }

  @Override
  public List<Step.Result> run(Connection connection, List<Step> steps, Duration roundTrip)
      throws SQLException {
    return run(connection, joined.textOf(steps), steps);
  }

  /** Not if a step is larger than a statement: its texts would be in memory at once. */
  @Override
  public boolean commit(Connection connection, List<ExpectedStep> steps, Duration roundTrip)
      throws SQLException {
    List<CheckedStatement> statements = new ArrayList<>(steps.size());
    List<String> parts = new ArrayList<>(steps.size() + 1);
    for (ExpectedStep step : steps) {
      if (step.step().parts().size() > 1) {
        return false;
      }
      CheckedStatement statement = checked(step);
      statements.add(statement);
      parts.add(statement.text());
    }
    parts.add(COMMIT);
    String text = commits.computeIfAbsent(parts, JoinedStatements::text);
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      int index = 1;
      for (int i = 0; i < steps.size(); i++) {
        index = joined.bind(statement, index, steps.get(i).step());
        if (statements.get(i).takesCount()) {
          statement.setLong(index++, steps.get(i).expected());
        }
      }
      statement.execute();
      PostgresDurability.require(statement.getWarnings());
      return true;
    } catch (SQLException e) {
      if (!CheckedStatement.isMissed(e)) {
        throw e;
      }
      connection.rollback();
      return false;
    }
  }

  private CheckedStatement checked(ExpectedStep step) {
    Sql sql = step.step().sql();
    return step.isChecked()
        ? checked.computeIfAbsent(sql, CheckedStatement::of)
        : new CheckedStatement(sql.jdbcText(), false);
  }

  /**
   * Outside a transaction, what is sent in one round trip is one. Keeps no text: searches are of
   * any number of forms.
   */
  @Override
  public Step.Result search(Connection connection, Step query, Duration limit) throws SQLException {
    Binds milliseconds = Binds.of("search_timeout", Long.toString(limit.toMillis()));
    Step free = Step.query(FREE_PLANNER, milliseconds, row -> FREE_PLANNER);
    String text = JoinedStatements.ofStatements(List.of(FREE_PLANNER, query.sql()));
    return run(connection, text, List.of(free, query)).getLast();
  }

  private List<Step.Result> run(Connection connection, String text, List<Step> steps)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      List<Step.Result> results = joined.run(statement, steps);
      // Of a statement that has committed itself.
      PostgresDurability.require(statement.getWarnings());
      return results;
    }
  }
}
