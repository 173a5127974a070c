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

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** The dialect that this session speaks. */
  public Dialect dialect() {
    return dialect;
  }

  /** The rows of a query, in its order. */
  public <T> List<T> query(Sql sql, Binds binds, Row.Mapper<T> mapper) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.jdbcText())) {
      bind(statement, sql, binds);
      try (ResultSet result = statement.executeQuery()) {
        Row row = new Row(result, dialect.values());
        List<T> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(mapper.map(row));
        }
        return rows;
      }
    }
  }

  /** The first row of a query; empty if there is none. */
  public <T> Optional<T> first(Sql sql, Binds binds, Row.Mapper<T> mapper) throws SQLException {
    return query(sql, binds, mapper).stream().findFirst();
  }

  /** Changes rows and says how many. */
  public int update(Sql sql, Binds binds) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.jdbcText())) {
      bind(statement, sql, binds);
      return statement.executeUpdate();
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
