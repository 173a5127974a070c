package io.odin.persistence.sql.database;

import io.odin.persistence.sql.statement.JdbcTypes;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Several statements as one text, for pipelines: binds their values one after the other, and reads
 * their results. Thread-safe.
 */
public final class JoinedStatements {

  // The same text object for the same statements: the drivers' caches are keyed by it. Sequences of
  // statements are few.
  private final Map<List<Sql>, String> texts = new ConcurrentHashMap<>();
  private final JdbcTypes values;

  /** Binds and reads values in this way. */
  public JoinedStatements(JdbcTypes values) {
    this.values = values;
  }

  /** The statements as one text. */
  public static String text(List<String> statements) {
    return String.join(";\n", statements);
  }

  /** The statements of the steps as one text, which is kept. */
  public String textOf(List<Step> steps) {
    return texts.computeIfAbsent(
        steps.stream().map(Step::sql).toList(), JoinedStatements::ofStatements);
  }

  /** The statements as one text, which is not kept. */
  public static String ofStatements(List<Sql> statements) {
    return text(statements.stream().map(Sql::jdbcText).toList());
  }

  /** Binds the values of a step, and returns the index of the first value of the next one. */
  public int bind(PreparedStatement statement, int first, Step step) throws SQLException {
    int index = first;
    for (String parameter : step.sql().parameters()) {
      values.bind(statement, index++, step.binds().value(step.sql(), parameter));
    }
    return index;
  }

  /** Sends the text of the steps, prepared and not bound yet. */
  public List<Step.Result> run(PreparedStatement statement, List<Step> steps) throws SQLException {
    int index = 1;
    for (Step step : steps) {
      index = bind(statement, index, step);
    }
    List<Step.Result> results = new ArrayList<>(steps.size());
    boolean returnsRows = statement.execute();
    for (Step step : steps) {
      results.add(
          returnsRows
              ? rows(statement, step)
              : new Step.Result(statement.getUpdateCount(), List.of()));
      returnsRows = statement.getMoreResults();
    }
    return results;
  }

  /** Sends a text whose values are bound, and skips its results, so that none hides an error. */
  public static void requireAll(PreparedStatement statement) throws SQLException {
    boolean returnsRows = statement.execute();
    while (returnsRows || statement.getUpdateCount() >= 0) {
      returnsRows = statement.getMoreResults();
    }
  }

  private Step.Result rows(PreparedStatement statement, Step step) throws SQLException {
    Row.Mapper<?> mapper = step.mapper();
    if (mapper == null) {
      throw new IllegalStateException(step.sql() + " returns rows and has no mapper");
    }
    try (ResultSet result = statement.getResultSet()) {
      List<?> rows = Row.all(result, values, mapper);
      return new Step.Result(rows.size(), rows);
    }
  }
}
