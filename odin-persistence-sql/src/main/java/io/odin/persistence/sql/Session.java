package io.odin.persistence.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection in the hands of one operation. Not thread-safe. */
public final class Session {

  private final Connection connection;
  private final Dialect dialect;
  private boolean rollbackOnly;

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** The dialect that this session speaks. */
  public Dialect dialect() {
    return dialect;
  }

  /** Ends the transaction without applying it, although the operation succeeds. */
  public void rollbackOnly() {
    rollbackOnly = true;
  }

  boolean isRollbackOnly() {
    return rollbackOnly;
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
    dialect.search(connection, Step.query(sql, binds, row -> rows.add(mapper.map(row))));
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
    return dialect.run(connection, steps);
  }

  private void bind(PreparedStatement statement, Sql sql, Binds binds) throws SQLException {
    int index = 1;
    for (String parameter : sql.parameters()) {
      dialect.values().bind(statement, index++, binds.value(sql, parameter));
    }
  }
}
