package io.odin.persistence.benchmarks.baseline;

import io.odin.persistence.sql.statement.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Statements of the library, prepared by hand on one connection and sent as a whole. Values are
 * bound by position, as in any program on plain JDBC; the names serve to find the positions, once.
 */
public final class Prepared {

  private final Baseline baseline;
  private final List<Sql> statements;
  private final List<Text> texts = new ArrayList<>();
  private final List<Named> named = new ArrayList<>();
  private final Set<Sql> unchecked = new HashSet<>();

  /** What is sent at once. */
  private record Text(PreparedStatement statement, List<Sql> statements) {}

  private record Named(Sql sql, String parameter, Parameter.Place place) {}

  Prepared(Baseline baseline, List<Sql> statements, Function<Sql, String> textOf)
      throws SQLException {
    this.baseline = baseline;
    this.statements = List.copyOf(statements);
    for (List<Sql> together : baseline.texts(statements)) {
      PreparedStatement statement =
          baseline
              .connection()
              .prepareStatement(together.stream().map(textOf).collect(Collectors.joining(";\n")));
      texts.add(new Text(statement, together));
      int index = 1;
      for (Sql sql : together) {
        for (String parameter : sql.parameters()) {
          named.add(new Named(sql, parameter, new Parameter.Place(statement, index++)));
        }
      }
    }
  }

  /** A parameter that has the same value in all statements. */
  public Parameter parameter(String name) {
    return parameter(name, statements);
  }

  /** A parameter of the statements of one name. */
  public Parameter parameter(String statement, String name) {
    return parameter(name, baseline.named(statement));
  }

  /** A parameter that has the same value in all of these statements that have it. */
  public Parameter parameter(String name, Collection<Sql> in) {
    List<Parameter.Place> places =
        named.stream()
            .filter(each -> each.parameter().equals(name) && in.contains(each.sql()))
            .map(Named::place)
            .toList();
    if (places.isEmpty()) {
      throw new IllegalStateException(
          "the library's statement has no parameter " + name + " any more");
    }
    return new Parameter(baseline, places);
  }

  /** Lets the statements of one name find or change nothing. */
  public void allowNone(String statement) {
    unchecked.addAll(baseline.named(statement));
  }

  /** The rows of the statements of one name. */
  public BaselineRows rows(String statement, Column... columns) {
    return rows(baseline.named(statement), columns);
  }

  /** The rows that all of these statements take. */
  public BaselineRows rows(List<Sql> in, Column... columns) {
    return baseline.rows(this, in, List.of(columns));
  }

  /** Looks at the rows of a statement. */
  @FunctionalInterface
  public interface RowReader {

    /** Reads the row that the result is at. */
    void read(Sql sql, ResultSet row) throws SQLException;
  }

  /** Sends everything, and says how many rows each statement has found or changed. */
  public List<Long> send(RowReader reader) throws SQLException {
    List<Long> counts = new ArrayList<>(statements.size());
    for (Text text : texts) {
      PreparedStatement statement = text.statement();
      boolean returnsRows = statement.execute();
      for (Sql sql : text.statements()) {
        counts.add(returnsRows ? read(sql, statement, reader) : (long) statement.getUpdateCount());
        returnsRows = statement.getMoreResults();
      }
    }
    return counts;
  }

  /** Sends everything; each statement has to find or change a row, unless it need not. */
  public List<Long> sendAll() throws SQLException {
    List<Long> counts = send((sql, row) -> {});
    for (int i = 0; i < counts.size(); i++) {
      if (counts.get(i) <= 0 && !unchecked.contains(statements.get(i))) {
        throw new IllegalStateException(statements.get(i) + " of the baseline changed no row");
      }
    }
    return counts;
  }

  private static long read(Sql sql, PreparedStatement statement, RowReader reader)
      throws SQLException {
    long count = 0;
    try (ResultSet row = statement.getResultSet()) {
      while (row.next()) {
        reader.read(sql, row);
        count++;
      }
    }
    return count;
  }

  /** Keeps the values of the only statement, to be sent with others. */
  public void addBatch() throws SQLException {
    texts.getFirst().statement().addBatch();
  }

  /** Sends the only statement with all the values that were kept. */
  public void sendBatch() throws SQLException {
    texts.getFirst().statement().executeBatch();
  }
}
