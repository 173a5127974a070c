package io.odin.persistence.sql.database;

import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.JdbcTypes;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Prepares, binds and sends single statements on a connection. Not thread-safe. */
final class JdbcStatements {

  private final Connection connection;
  private final JdbcTypes values;

  JdbcStatements(Connection connection, JdbcTypes values) {
    this.connection = connection;
    this.values = values;
  }

  Step.Result run(Step step) throws SQLException {
    Row.Mapper<?> mapper = step.mapper();
    if (mapper == null) {
      return new Step.Result(update(step.sql(), step.binds()), List.of());
    }
    List<?> rows = query(step.sql(), step.binds(), mapper);
    return new Step.Result(rows.size(), rows);
  }

  <T> List<T> query(Sql sql, Binds binds, Row.Mapper<T> mapper) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.jdbcText())) {
      bind(statement, sql, binds);
      try (ResultSet result = statement.executeQuery()) {
        return Row.all(result, values, mapper);
      }
    }
  }

  int update(Sql sql, Binds binds) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.jdbcText())) {
      bind(statement, sql, binds);
      return statement.executeUpdate();
    }
  }

  int[] batch(Sql sql, List<Binds> all) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.jdbcText())) {
      for (Binds binds : all) {
        bind(statement, sql, binds);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  private void bind(PreparedStatement statement, Sql sql, Binds binds) throws SQLException {
    int index = 1;
    for (String parameter : sql.parameters()) {
      values.bind(statement, index++, binds.value(sql, parameter));
    }
  }
}
