package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Statements on plain JDBC, all in one round trip; when they are committed is up to the caller. */
final class FloorStatements {

  private final Prepared prepared;
  private final List<Sql> statements;

  /**
   * Prepares them.
   *
   * @param names the library's statements, in its order
   */
  FloorStatements(Connection connection, String... names) throws SQLException {
    this(connection, Arrays.stream(names).map(LibrarySql::named).toList());
  }

  /** Prepares them behind the fence of a shard. */
  static FloorStatements fenced(Connection connection, String... names) throws SQLException {
    return new FloorStatements(
        connection,
        Stream.concat(Stream.of("shards.fence"), Arrays.stream(names))
            .map(LibrarySql::named)
            .toList());
  }

  FloorStatements(Connection connection, List<Sql> statements) throws SQLException {
    this.statements = statements;
    prepared = new Prepared(connection, statements);
  }

  /** Looks at the rows of a statement. */
  @FunctionalInterface
  interface RowReader {
    void read(Sql sql, ResultSet row) throws SQLException;
  }

  /** A parameter that has one value in all statements that have it. */
  Parameter parameter(String name) {
    return prepared.parameter(name, statements);
  }

  /** A parameter of one statement. */
  Parameter parameter(String statement, String name) {
    return prepared.parameter(name, LibrarySql.named(statement));
  }

  /** The visibility record. */
  FloorRecord visibility() {
    return new FloorRecord(prepared, LibrarySql.named("visibility.upsert"));
  }

  /** The parameters that say which run it is. */
  RunParameters run() {
    return new RunParameters(
        parameter("namespace_id"), parameter("workflow_id"), parameter("run_id"));
  }

  /**
   * Where the key of a run goes.
   *
   * @param namespaceId in all statements
   * @param workflowId in all statements
   * @param runId in all statements
   */
  record RunParameters(Parameter namespaceId, Parameter workflowId, Parameter runId) {

    void set(RunKey run) throws SQLException {
      namespaceId.set(run.namespace().value());
      workflowId.set(run.workflowId());
      runId.set(run.runId());
    }
  }

  /** Sends all statements, and says how many rows each has found or changed. */
  long[] send(RowReader reader) throws SQLException {
    PreparedStatement statement = prepared.statement();
    long[] counts = new long[statements.size()];
    boolean returnsRows = statement.execute();
    for (int i = 0; i < counts.length; i++) {
      if (returnsRows) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            reader.read(statements.get(i), rows);
            counts[i]++;
          }
        }
      } else {
        counts[i] = statement.getUpdateCount();
      }
      returnsRows = statement.getMoreResults();
    }
    return counts;
  }

  /** Sends all statements, of which each has to find or change a row. */
  void sendAll() throws SQLException {
    long[] counts = send((sql, row) -> {});
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        throw new IllegalStateException(statements.get(i) + " of the floor came to nothing");
      }
    }
  }
}
