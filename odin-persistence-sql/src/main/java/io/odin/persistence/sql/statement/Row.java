package io.odin.persistence.sql.statement;

import io.odin.persistence.Bytes;
import io.odin.persistence.Json;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.InvalidRequestException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The current row of a result. Not thread-safe. */
public final class Row {

  private final ResultSet row;
  private final JdbcTypes values;

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

  /** A text that is not null. */
  public String text(String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column), column);
  }

  /** A text that may be null. */
  public Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  /** A whole number; null is 0. */
  public long number(String column) throws SQLException {
    return row.getLong(column);
  }

  /** A whole number that may be null. */
  public OptionalLong optionalNumber(String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /** A small whole number; null is 0. */
  public int integer(String column) throws SQLException {
    return row.getInt(column);
  }

  /** A boolean; null is false. */
  public boolean bool(String column) throws SQLException {
    return row.getBoolean(column);
  }

  /** A UUID that is not null. */
  public UUID uuid(String column) throws SQLException {
    return Objects.requireNonNull(values.uuid(row, column), column);
  }

  /** A UUID that may be null. */
  public Optional<UUID> optionalUuid(String column) throws SQLException {
    return Optional.ofNullable(values.uuid(row, column));
  }

  /** An instant that is not null. */
  public Instant instant(String column) throws SQLException {
    return Objects.requireNonNull(values.instant(row, column), column);
  }

  /** An instant that may be null. */
  public Optional<Instant> optionalInstant(String column) throws SQLException {
    return Optional.ofNullable(values.instant(row, column));
  }

  /** A document; null, which only SQL users write, is the empty object. */
  public Json json(String column) throws SQLException {
    return optionalJson(column).orElseGet(Json::emptyObject);
  }

  /** A document that may be null. */
  public Optional<Json> optionalJson(String column) throws SQLException {
    return optionalText(column).map(Json::stored);
  }

  /** Bytes; null, which only SQL users write, is none at all. */
  public Bytes bytes(String column) throws SQLException {
    byte[] content = row.getBytes(column);
    return content == null ? Bytes.empty() : Bytes.copyOf(content);
  }
}
