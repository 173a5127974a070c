package io.odin.persistence.benchmarks.baseline;

import io.odin.persistence.postgres.PostgresDialect;
import io.odin.persistence.postgres.PostgresProvider;
import io.odin.persistence.sql.statement.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: all statements in one round trip, rows as one array for each column. */
public final class PostgresBaseline extends Baseline {

  private static final PostgresDialect DIALECT = new PostgresDialect();

  /** The baseline on this connection. */
  public PostgresBaseline(Connection connection) {
    super(connection, DIALECT, new PostgresProvider().statements());
  }

  /** The driver sends BEGIN together with the first statement. */
  @Override
  public void begin() throws SQLException {
    connection().setAutoCommit(false);
  }

  @Override
  public void end() throws SQLException {
    connection().commit();
    connection().setAutoCommit(true);
  }

  @Override
  List<List<Sql>> texts(List<Sql> sent) {
    return List.of(sent);
  }

  @Override
  BaselineRows rows(Prepared prepared, List<Sql> statements, List<Column> columns) {
    List<ColumnArray> arrays = new ArrayList<>();
    for (Column column : columns) {
      arrays.add(new ColumnArray(column.type(), prepared.parameter(column.name(), statements)));
    }
    return (List<@Nullable Object[]> rows) -> {
      for (int i = 0; i < arrays.size(); i++) {
        arrays.get(i).bind(rows, i);
      }
    };
  }

  private final class ColumnArray {
    private final Column.Type type;
    private final Parameter parameter;

    ColumnArray(Column.Type type, Parameter parameter) {
      this.type = type;
      this.parameter = parameter;
    }

    void bind(List<@Nullable Object[]> rows, int column) throws SQLException {
      @Nullable Object[] elements =
          switch (type) {
            case NUMBER -> new Long[rows.size()];
            case INTEGER -> new Integer[rows.size()];
            case TEXT, JSON, UUID, INSTANT -> new String[rows.size()];
            case BYTES -> new byte[rows.size()][];
          };
      for (int i = 0; i < elements.length; i++) {
        Object value = rows.get(i)[column];
        elements[i] = value instanceof UUID || value instanceof Instant ? value.toString() : value;
      }
      parameter.set(connection().createArrayOf(element(), elements));
    }

    private String element() {
      return switch (type) {
        case TEXT -> "text";
        case NUMBER -> "int8";
        case INTEGER -> "int4";
        case INSTANT -> "timestamptz";
        case UUID -> "uuid";
        case JSON -> "jsonb";
        case BYTES -> "bytea";
      };
    }
  }

  @Override
  void set(PreparedStatement statement, int index, UUID value) throws SQLException {
    statement.setObject(index, value);
  }

  @Override
  void set(PreparedStatement statement, int index, Instant value) throws SQLException {
    statement.setObject(index, value.atOffset(ZoneOffset.UTC));
  }

  @Override
  void setJson(PreparedStatement statement, int index, String value) throws SQLException {
    statement.setObject(index, value, Types.OTHER);
  }

  @Override
  public UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  @Override
  public Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
