package io.odin.persistence.sql.database;

import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection that one operation uses. Not thread-safe. */
public final class Session implements AutoCloseable {

  private final Connection connection;
  private final Dialect dialect;
  private final LastResponses responses;
  private ExceptionTranslator.Phase phase = ExceptionTranslator.Phase.BEFORE_COMMIT;
  private boolean transaction;
  private boolean rollbackOnly;

  /**
   * Takes a connection outside a transaction, in whatever mode it was used last.
   *
   * @param responses records the end of the operation
   */
  Session(Connection connection, Dialect dialect, LastResponses responses) {
    this.connection = connection;
    this.dialect = dialect;
    this.responses = responses;
  }

  /** A session for reading without {@link Database}, on a connection that the caller keeps. */
  public static Session on(Connection connection, Dialect dialect) {
    return new Session(connection, dialect, new LastResponses());
  }

  /** The connection, for what a driver does in its own way. */
  public Connection connection() {
    return connection;
  }

  /** The dialect that this session speaks. */
  public Dialect dialect() {
    return dialect;
  }

  /** How long ago the server answered on the connection at the end of another operation. */
  public Duration idleTime() throws SQLException {
    return responses.since(connection);
  }

  /** Ends the transaction without applying it, although the operation succeeds. */
  public void rollbackOnly() {
    rollbackOnly = true;
  }

  /** Makes one transaction of all that follows; it ends with the operation. */
  public void begin() throws SQLException {
    dialect.beginTransaction(connection);
    transaction = true;
  }

  /** Makes ready for one statement that writes. */
  void beginStatement() throws SQLException {
    dialect.beginStatement(this);
    if (!transaction) {
      phase = ExceptionTranslator.Phase.AUTOCOMMIT;
    }
  }

  /** What has been sent so far has changed something, and may stay whatever fails from here on. */
  public void applied() {
    if (phase == ExceptionTranslator.Phase.AUTOCOMMIT) {
      phase = ExceptionTranslator.Phase.APPLIED;
    }
  }

  /** Ends an operation that has succeeded, and its transaction if there is one. */
  void end() throws SQLException {
    if (transaction && !rollbackOnly) {
      phase = ExceptionTranslator.Phase.COMMITTING;
      connection.commit();
      transaction = false;
    }
    responses.responded(connection);
  }

  /** Takes back all of a transaction that has not been committed, if there is one. */
  @Override
  public void close() throws SQLException {
    if (transaction) {
      try {
        connection.rollback();
      } catch (SQLException e) {
        // No later operation may get the connection and commit what this one has begun.
        connection.abort(Runnable::run);
        throw e;
      }
    }
  }

  /** What a failure of the driver means at this moment. */
  ExceptionTranslator.Phase phase() {
    return phase;
  }

  /** The rows of a query, in its order. */
  public <T> List<T> query(Sql sql, Binds binds, Row.Mapper<T> mapper) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.jdbcText())) {
      bind(statement, sql, binds);
      try (ResultSet result = statement.executeQuery()) {
        return Row.all(result, dialect.values(), mapper);
      }
    }
  }

  /** The first row of a query; empty if there is none. */
  public <T> Optional<T> first(Sql sql, Binds binds, Row.Mapper<T> mapper) throws SQLException {
    return query(sql, binds, mapper).stream().findFirst();
  }

  /**
   * As {@link #query}, for a query that a user has composed, or that is rare and reads much: it
   * gets whatever plan is best, and the rest of the transaction with it. One round trip.
   */
  public <T> List<T> search(Sql sql, Binds binds, Row.Mapper<T> mapper) throws SQLException {
    List<T> rows = new ArrayList<>();
    dialect.search(this, Step.query(sql, binds, row -> rows.add(mapper.map(row))));
    return rows;
  }

  /** Changes rows and says how many. */
  public int update(Sql sql, Binds binds) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.jdbcText())) {
      bind(statement, sql, binds);
      return statement.executeUpdate();
    }
  }

  /** Sends one statement with several sets of values; as many counts of changed rows come back. */
  public int[] batch(Sql sql, List<Binds> all) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.jdbcText())) {
      for (Binds binds : all) {
        bind(statement, sql, binds);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /** Sends steps in order, in as few round trips as possible. */
  public List<Step.Result> run(List<Step> steps) throws SQLException {
    return dialect.run(this, steps);
  }

  /** Sends one step. */
  public Step.Result run(Step step) throws SQLException {
    Row.Mapper<?> mapper = step.mapper();
    if (mapper == null) {
      return new Step.Result(update(step.sql(), step.binds()), List.of());
    }
    List<?> rows = query(step.sql(), step.binds(), mapper);
    return new Step.Result(rows.size(), rows);
  }

  private void bind(PreparedStatement statement, Sql sql, Binds binds) throws SQLException {
    int index = 1;
    for (String parameter : sql.parameters()) {
      dialect.values().bind(statement, index++, binds.value(sql, parameter));
    }
  }
}
