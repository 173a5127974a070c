package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.sql.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Statements of the library, prepared by hand on one connection and sent together. Values are bound
 * by position, as in any program on plain JDBC; the names serve to find the positions, once.
 */
final class Prepared {

  private final Connection connection;
  private final PreparedStatement statement;
  private final List<Place> places = new ArrayList<>();

  private record Place(String sql, String parameter, int index) {}

  Prepared(Connection connection, Collection<Sql> statements) throws SQLException {
    this.connection = connection;
    int index = 1;
    for (Sql sql : statements) {
      for (String parameter : sql.parameters()) {
        places.add(new Place(sql.name(), parameter, index++));
      }
    }
    statement =
        connection.prepareStatement(
            statements.stream().map(Sql::jdbcText).collect(Collectors.joining(";\n")));
  }

  /** What to execute. */
  PreparedStatement statement() {
    return statement;
  }

  /** A parameter that has the same value in all of these statements that have it. */
  Parameter parameter(String name, Collection<Sql> statements) {
    Set<String> names = statements.stream().map(Sql::name).collect(Collectors.toSet());
    return parameter(
        places.stream()
            .filter(place -> place.parameter().equals(name) && names.contains(place.sql()))
            .toList(),
        name);
  }

  /** A parameter of one statement. */
  Parameter parameter(String name, Sql sql) {
    return parameter(name, List.of(sql));
  }

  private Parameter parameter(List<Place> found, String name) {
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "the library's statement has no parameter " + name + " any more");
    }
    return new Parameter(found.stream().mapToInt(Place::index).toArray());
  }

  /** Where a value goes. */
  final class Parameter {
    private final int[] indexes;

    private Parameter(int[] indexes) {
      this.indexes = indexes;
    }

    void set(long value) throws SQLException {
      for (int index : indexes) {
        statement.setLong(index, value);
      }
    }

    void set(int value) throws SQLException {
      for (int index : indexes) {
        statement.setInt(index, value);
      }
    }

    void set(boolean value) throws SQLException {
      for (int index : indexes) {
        statement.setBoolean(index, value);
      }
    }

    void set(String value) throws SQLException {
      for (int index : indexes) {
        statement.setString(index, value);
      }
    }

    void set(UUID value) throws SQLException {
      for (int index : indexes) {
        statement.setObject(index, value);
      }
    }

    void set(Instant value) throws SQLException {
      for (int index : indexes) {
        statement.setObject(index, value.atOffset(ZoneOffset.UTC));
      }
    }

    void set(byte[] value) throws SQLException {
      for (int index : indexes) {
        statement.setBytes(index, value);
      }
    }

    void setJson(String value) throws SQLException {
      for (int index : indexes) {
        statement.setObject(index, value, Types.OTHER);
      }
    }

    void setNull() throws SQLException {
      for (int index : indexes) {
        statement.setNull(index, Types.NULL);
      }
    }

    /** Sets an array of the database. */
    void setArray(String type, Object[] elements) throws SQLException {
      Array array = connection.createArrayOf(type, elements);
      for (int index : indexes) {
        statement.setArray(index, array);
      }
    }
  }
}
