package io.odin.persistence.sql.statement;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Defines how a database's driver takes and returns the values that the stores use. Stateless and
 * thread-safe.
 */
public interface JdbcTypes {

  /**
   * Sets a parameter: null, String, Integer, Long, Boolean, UUID, Instant, Json, Bytes, a {@link
   * RowShape.ColumnValues} or a {@link RowShape.Batch}.
   *
   * @param index from 1
   */
  default void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case String text -> statement.setString(index, text);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case Boolean truth -> statement.setBoolean(index, truth);
      default -> bindConverted(statement, index, value);
    }
  }

  /** Sets a parameter that each database takes in its own way: UUID, Instant, and those after. */
  void bindConverted(PreparedStatement statement, int index, Object value) throws SQLException;

  /** Reads a UUID; null stays null. */
  @Nullable UUID uuid(ResultSet row, String column) throws SQLException;

  /** Reads an instant; null stays null. */
  @Nullable Instant instant(ResultSet row, String column) throws SQLException;
}
