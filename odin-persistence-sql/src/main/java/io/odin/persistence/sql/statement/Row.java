package io.odin.persistence.sql.statement;

import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** The current row of a result. Not thread-safe. */
public final class Row {

  private final ResultSet row;
  private final JdbcTypes values;
  private long payloadLength;

  Row(ResultSet row, JdbcTypes values) {
    this.row = row;
    this.values = values;
  }

  /** Makes something of a row. */
  @FunctionalInterface
  public interface Mapper<T> {

    /** Reads the current row of the result; must not move it. */
    T map(Row row) throws SQLException;
  }

  /**
   * What the mapper makes of all rows of a result, in its order.
   *
   * @throws BackendFailureException if a row holds what no store writes: another program has
   */
  public static <T> List<T> all(ResultSet result, JdbcTypes values, Mapper<T> mapper)
      throws SQLException {
    Row row = new Row(result, values);
    List<T> rows = new ArrayList<>();
    while (result.next()) {
      try {
        rows.add(mapper.map(row));
      } catch (InvalidRequestException e) {
        throw new BackendFailureException(
            "", "a stored row breaks a rule of this library: " + e.getMessage(), e);
      }
    }
    return rows;
  }

  /**
   * The value of a column that is not null. A null that only SQL users write is read all the same:
   * as the number 0, as false, as the empty object, as no bytes.
   */
  public <T> T get(Field<T> column) throws SQLException {
    RowShape.Type type = RowShape.Type.of(column);
    Object value = read(type, column.getName());
    return column.getType().cast(value == null ? ofNull(type, column.getName()) : value);
  }

  /** A payload. */
  public Payload get(PayloadField columns) throws SQLException {
    return optional(columns).orElse(Json.emptyObject());
  }

  /** The value of a column that may be null. */
  public <T> Optional<T> optional(Field<T> column) throws SQLException {
    Object value = read(RowShape.Type.of(column), column.getName());
    return Optional.ofNullable(column.getType().cast(value));
  }

  /** A payload that may be left out. */
  public Optional<Payload> optional(PayloadField columns) throws SQLException {
    Optional<Bytes> bytes = optional(columns.bytes());
    return bytes.isPresent()
        ? Optional.of(bytes.get())
        : optional(columns.document()).map(Payload.class::cast);
  }

  /** A whole number that may be null. */
  public OptionalLong optionalNumber(Field<Long> column) throws SQLException {
    long number = row.getLong(column.getName());
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private @Nullable Object read(RowShape.Type type, String column) throws SQLException {
    return switch (type) {
      case UUID -> values.uuid(row, column);
      case TEXT -> row.getString(column);
      case NUMBER -> {
        long number = row.getLong(column);
        yield row.wasNull() ? null : number;
      }
      case INTEGER -> {
        int number = row.getInt(column);
        yield row.wasNull() ? null : number;
      }
      case INSTANT -> values.instant(row, column);
      case BOOLEAN -> {
        boolean bool = row.getBoolean(column);
        yield row.wasNull() ? null : bool;
      }
      case BYTES -> {
        byte[] content = row.getBytes(column);
        if (content == null) {
          yield null;
        }
        payloadLength += content.length;
        yield Bytes.copyOf(content);
      }
      case JSON -> {
        String text = row.getString(column);
        if (text == null) {
          yield null;
        }
        payloadLength += text.length();
        yield Json.stored(text);
      }
      case MICROSECONDS_FROM_NOW -> throw new IllegalStateException(column + " is only written");
    };
  }

  private static Object ofNull(RowShape.Type type, String column) {
    return switch (type) {
      case NUMBER -> 0L;
      case INTEGER -> 0;
      case BOOLEAN -> false;
      case JSON -> Json.emptyObject();
      case BYTES -> Bytes.empty();
      case UUID, TEXT, INSTANT, MICROSECONDS_FROM_NOW -> throw new NullPointerException(column);
    };
  }

  /** The length of all documents and bytes that were read, of this row and of those before it. */
  public long payloadLength() {
    return payloadLength;
  }

  /** A text that is not null, of a column that only this statement has. */
  public String text(String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column), column);
  }

  /** A whole number, of a column that only this statement has; null is 0. */
  public long number(String column) throws SQLException {
    return row.getLong(column);
  }

  /** A small whole number, of a column that only this statement has; null is 0. */
  public int integer(String column) throws SQLException {
    return row.getInt(column);
  }
}
