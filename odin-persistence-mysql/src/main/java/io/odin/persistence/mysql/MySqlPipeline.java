package io.odin.persistence.mysql;

import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.JoinedStatements;
import io.odin.persistence.sql.database.Pipeline;
import io.odin.persistence.sql.database.SequentialPipeline;
import io.odin.persistence.sql.statement.JdbcTypes;
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
 * Sends statements that the server has prepared, one after the other, to a server that is near; to
 * one that is far, several as one text, into which the driver writes the values. Thread-safe.
 */
final class MySqlPipeline implements Pipeline {

  /**
   * The driver writes the values into a text with more than one statement itself, since the server
   * prepares no such text. It reads all results at once, and so reports an error of any statement.
   */
  static final Map<String, String> PROPERTIES =
      Map.of("allowMultiQueries", "true", "defaultFetchSize", "0");

  /**
   * From which round trip on a server is far: more than one over the loopback interface of a busy
   * machine takes, and less than one between buildings. See docs/benchmarks.md for what each way
   * costs.
   */
  static final Duration FAR = Duration.ofNanos(500_000);

  /** Of a larger text, round trips are not what takes the time; and it may not fit in a packet. */
  private static final long LARGEST_TEXT = 1 << 20;

  private static final String BEGIN = "START TRANSACTION";
  private static final String COMMIT = "COMMIT";

  // The same text object for the same statements, whose parsed form the driver's cache has.
  private final Map<List<String>, String> commits = new ConcurrentHashMap<>();
  private final SequentialPipeline sequential;
  private final JoinedStatements joined;
  private final Duration far;

  /**
   * Chooses by the time of a round trip.
   *
   * @param far from which one on a server is far
   */
  MySqlPipeline(JdbcTypes values, Duration far) {
    sequential = new SequentialPipeline(values, MySqlSearchLimit::of);
    joined = new JoinedStatements(values);
    this.far = far;
  }

  @Override
  public Duration roundTrip(Connection connection) throws SQLException {
    return MySqlProbe.isFit(connection) ? MySqlProbe.shortestPing(connection) : Duration.ZERO;
  }

  private boolean isFar(Duration roundTrip) {
    return !roundTrip.isZero() && roundTrip.compareTo(far) >= 0;
  }

  @Override
  public List<Step.Result> run(Connection connection, List<Step> steps, Duration roundTrip)
      throws SQLException {
    if (steps.size() == 1 || !isFar(roundTrip) || !fits(steps)) {
      return sequential.run(connection, steps, roundTrip);
    }
    try (PreparedStatement statement = connection.prepareStatement(joined.textOf(steps))) {
      return joined.run(statement, steps);
    }
  }

  private static boolean fits(List<Step> steps) {
    return steps.stream().mapToLong(Step::bytes).sum() <= LARGEST_TEXT;
  }

  /** In any mode of the connection: the text begins the transaction itself. */
  @Override
  public boolean commit(Connection connection, List<ExpectedStep> steps, Duration roundTrip)
      throws SQLException {
    if (!isFar(roundTrip) || !fits(steps.stream().map(ExpectedStep::step).toList())) {
      return false;
    }
    List<String> parts = new ArrayList<>(steps.size() + 2);
    parts.add(BEGIN);
    steps.forEach(step -> parts.add(CountedStatement.of(step)));
    parts.add(COMMIT);
    String text = commits.computeIfAbsent(parts, JoinedStatements::text);
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      int index = 1;
      for (ExpectedStep step : steps) {
        index = joined.bind(statement, index, step.step());
        if (step.isChecked()) {
          statement.setLong(index++, step.expected());
        }
      }
      JoinedStatements.requireAll(statement);
      return true;
    } catch (SQLException e) {
      letBeRolledBack(connection, e);
      if (!CountedStatement.isMissed(e)) {
        throw e;
      }
      connection.rollback();
      return false;
    }
  }

  /** The driver rolls back nothing on a connection whose statements commit themselves. */
  private static void letBeRolledBack(Connection connection, SQLException failure)
      throws SQLException {
    try {
      connection.unwrap(Connection.class).setAutoCommit(false);
    } catch (SQLException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  @Override
  public Step.Result search(Connection connection, Step query, Duration limit) throws SQLException {
    return sequential.search(connection, query, limit);
  }
}
