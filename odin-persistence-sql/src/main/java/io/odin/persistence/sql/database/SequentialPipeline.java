package io.odin.persistence.sql.database;

import io.odin.persistence.sql.statement.JdbcTypes;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Sends one statement after the other and waits for each, as every driver can. A search is planned
 * as any other statement, and limited by the text that the backend gives it. Thread-safe.
 */
public final class SequentialPipeline implements Pipeline {

  private final JdbcTypes values;
  private final BiFunction<Sql, Duration, Sql> limited;

  /**
   * Binds and reads values in this way.
   *
   * @param limited the text of a query that the server ends after that time
   */
  public SequentialPipeline(JdbcTypes values, BiFunction<Sql, Duration, Sql> limited) {
    this.values = values;
    this.limited = limited;
  }

  @Override
  public Duration roundTrip(Connection connection) {
    return Duration.ZERO;
  }

  @Override
  public List<Step.Result> run(Connection connection, List<Step> steps, Duration roundTrip)
      throws SQLException {
    JdbcStatements statements = new JdbcStatements(connection, values);
    List<Step.Result> results = new ArrayList<>(steps.size());
    for (Step step : steps) {
      results.add(statements.run(step));
    }
    return results;
  }

  /** Never: each step is a round trip, and so is the end. */
  @Override
  public boolean commit(Connection connection, List<ExpectedStep> steps, Duration roundTrip) {
    return false;
  }

  @Override
  public Step.Result search(Connection connection, Step query, Duration limit) throws SQLException {
    Step limitedQuery = new Step(limited.apply(query.sql(), limit), query.binds(), query.mapper());
    return new JdbcStatements(connection, values).run(limitedQuery);
  }
}
