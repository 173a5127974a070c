package io.odin.persistence.mysql;

import io.odin.persistence.internal.JsonWriter;
import io.odin.persistence.sql.statement.JdbcTypes;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Binds and reads what the stores use with the types of MySQL. An instant is a DATETIME in UTC,
 * which no time zone of driver or session touches; a UUID is its sixteen bytes in their order.
 */
final class MySqlJdbcTypes implements JdbcTypes {

  /** Bytes beyond this are sent in packets of their own, before the statement. */
  private static final int LARGE = 64 * 1024;

  @Override
  public void bindConverted(PreparedStatement statement, int index, Object value)
      throws SQLException {
    switch (value) {
      case UUID id -> statement.setBytes(index, bytes(id));
      case Instant instant -> statement.setObject(index, utc(instant));
      case Json json -> statement.setString(index, json.text());
      case Bytes bytes when bytes.size() > LARGE ->
          statement.setBinaryStream(index, new ByteArrayInputStream(bytes.toByteArray()));
      case Bytes bytes -> statement.setBytes(index, bytes.toByteArray());
      case RowShape.Batch batch -> statement.setString(index, document(batch));
      default -> statement.setObject(index, value);
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** The rows as an array of arrays: what {@link MySqlBulkStatements} takes apart. */
  private static String document(RowShape.Batch batch) {
    JsonWriter document = new JsonWriter().beginArray();
    for (List<@Nullable Object> row : batch.rows()) {
      document.beginArray();
      for (Object value : row) {
        write(value, document);
      }
      document.endArray();
    }
    return document.endArray().document();
  }

  private static void write(@Nullable Object value, JsonWriter document) {
    switch (value) {
      // MySQL 8.0.19 takes a null of JSON for a value that does not fit, or for the text.
      case null -> document.beginArray().endArray();
      case Instant instant -> document.value(utc(instant).toString());
      // As a text, since the server allows a document no more than the depth that it has already.
      case Json json -> document.value(json.text());
      case Bytes bytes -> document.value(bytes.toByteArray());
      case UUID id -> document.value(id.toString());
      default -> document.value(value);
    }
  }

  @Override
  public @Nullable UUID uuid(ResultSet row, String column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    if (bytes == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  @Override
  public @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    LocalDateTime utc = row.getObject(column, LocalDateTime.class);
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }
}
