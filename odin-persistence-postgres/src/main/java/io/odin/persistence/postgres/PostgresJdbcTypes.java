package io.odin.persistence.postgres;

import io.odin.persistence.sql.statement.JdbcTypes;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds and reads what the stores use with the types of PostgreSQL. */
final class PostgresJdbcTypes implements JdbcTypes {

  @Override
  public void bindConverted(PreparedStatement statement, int index, Object value)
      throws SQLException {
    switch (value) {
      case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      // As a text of no type: the server takes it for what the column is.
      case Json json -> statement.setObject(index, json.text(), Types.OTHER);
      case Bytes bytes -> statement.setBytes(index, bytes.toByteArray());
      case RowShape.ColumnValues rows -> statement.setArray(index, array(statement, rows));
      default -> statement.setObject(index, value);
    }
  }

  private static Array array(PreparedStatement statement, RowShape.ColumnValues values)
      throws SQLException {
    return statement
        .getConnection()
        .createArrayOf(elementType(values.type()), elements(values.type(), values.items()));
  }

  static String elementType(RowShape.Type type) {
    return switch (type) {
      case UUID -> "uuid";
      case TEXT -> "text";
      case NUMBER, MICROSECONDS_FROM_NOW -> "int8";
      case INTEGER -> "int4";
      case INSTANT -> "timestamptz";
      case BOOLEAN -> "bool";
      case BYTES -> "bytea";
      case JSON -> "jsonb";
    };
  }

  private static @Nullable Object[] elements(RowShape.Type type, List<@Nullable Object> items) {
    @Nullable Object[] elements =
        switch (type) {
          case NUMBER, MICROSECONDS_FROM_NOW -> new Long[items.size()];
          case INTEGER -> new Integer[items.size()];
          case BOOLEAN -> new Boolean[items.size()];
          case BYTES -> new byte[items.size()][];
          case UUID, TEXT, INSTANT, JSON -> new String[items.size()];
        };
    for (int i = 0; i < elements.length; i++) {
      elements[i] = element(items.get(i));
    }
    return elements;
  }

  private static @Nullable Object element(@Nullable Object item) {
    return switch (item) {
      case null -> null;
      case UUID id -> id.toString();
      case Instant instant -> instant.toString();
      case Json json -> json.text();
      case Bytes bytes -> bytes.toByteArray();
      default -> item;
    };
  }

  @Override
  public @Nullable UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  @Override
  public @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime instant = row.getObject(column, OffsetDateTime.class);
    return instant == null ? null : instant.toInstant();
  }
}
