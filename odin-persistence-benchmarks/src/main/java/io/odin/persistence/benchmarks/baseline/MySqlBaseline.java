package io.odin.persistence.benchmarks.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.odin.persistence.mysql.MySqlDialect;
import io.odin.persistence.mysql.MySqlProvider;
import io.odin.persistence.sql.statement.Sql;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MySQL: each statement prepared by the server and sent by itself, rows as one document, an array
 * of arrays.
 */
public final class MySqlBaseline extends Baseline {

  private static final MySqlDialect DIALECT = new MySqlDialect();
  private static final ObjectMapper DOCUMENT = new ObjectMapper();

  /** The baseline on this connection. */
  public MySqlBaseline(Connection connection) {
    super(connection, DIALECT, new MySqlProvider().statements());
  }

  /** Not by the driver: to turn autocommit off and on again takes a round trip each time. */
  @Override
  public void begin() throws SQLException {
    execute("START TRANSACTION");
  }

  @Override
  public void end() throws SQLException {
    execute("COMMIT");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  List<List<Sql>> texts(List<Sql> sent) {
    return sent.stream().map(List::of).toList();
  }

  @Override
  BaselineRows rows(Prepared prepared, List<Sql> statements, List<Column> columns) {
    for (Sql sql : statements) {
      for (int i = 0; i < columns.size(); i++) {
        requireAt(i, columns.get(i), sql);
      }
    }
    Parameter document = prepared.parameter("rows", statements);
    return (List<@Nullable Object[]> rows) -> document.set(document(rows));
  }

  private static void requireAt(int place, Column column, Sql sql) {
    Pattern definition =
        Pattern.compile("\\b%s [^,]*PATH '\\$\\[%d]\\[0]'".formatted(column.name(), place));
    if (!definition.matcher(sql.text()).find()) {
      throw new IllegalStateException(
          "%s does not take %s from place %d (any more)".formatted(sql, column.name(), place));
    }
  }

  private static String document(List<@Nullable Object[]> rows) {
    List<@Nullable Object[]> document = new ArrayList<>(rows.size());
    for (@Nullable Object[] row : rows) {
      @Nullable Object[] values = row.clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = element(values[i]);
      }
      document.add(values);
    }
    try {
      return DOCUMENT.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers make a document", e);
    }
  }

  private static Object element(@Nullable Object value) {
    return switch (value) {
      // Old servers take a null of JSON for a text, or for an error.
      case null -> List.of();
      case Instant instant -> utc(instant).toString();
      default -> value;
    };
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  @Override
  void set(PreparedStatement statement, int index, UUID value) throws SQLException {
    statement.setBytes(
        index,
        ByteBuffer.allocate(16)
            .putLong(value.getMostSignificantBits())
            .putLong(value.getLeastSignificantBits())
            .array());
  }

  @Override
  void set(PreparedStatement statement, int index, Instant value) throws SQLException {
    statement.setObject(index, utc(value));
  }

  @Override
  void setJson(PreparedStatement statement, int index, String value) throws SQLException {
    statement.setString(index, value);
  }

  @Override
  public UUID uuid(ResultSet row, String column) throws SQLException {
    ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(column));
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  @Override
  public Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }
}
