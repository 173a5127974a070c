package io.odin.persistence.sql.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The lock of a database that all migrating processes take. Immutable and thread-safe. */
public interface MigrationLock {

  /** Takes it for the session if it is free, without waiting, and returns whether it did. */
  boolean take(Connection connection) throws SQLException;

  /** Gives it back: a pooler may keep the session. */
  void release(Connection connection) throws SQLException;

  /** Which session has it, human-readable; empty if that cannot be seen. */
  Optional<String> holder(Connection connection) throws SQLException;

  /** The number of the session, as {@link #waitsFor} takes it. */
  long session(Connection connection) throws SQLException;

  /**
   * What another session waits for at this moment, human-readable; empty if for nothing, or it
   * cannot be seen.
   */
  Optional<String> waitsFor(Connection connection, long session) throws SQLException;

  /** The first value of a query as text; empty if it has no row, or the value is null. */
  static Optional<String> ask(Connection connection, String query, long... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
      }
    }
  }
}
