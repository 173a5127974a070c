package io.odin.persistence.servers;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Queries of who may do everything on a server. */
final class Sql {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Sql() {}

  /** The text that a query returns in its only row and column. */
  static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Waits until a condition is true on a server. */
  static void await(DatabaseServer server, String condition) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (Connection connection = server.connect()) {
      while (!text(connection, "SELECT CASE WHEN " + condition + " THEN 'yes' ELSE 'no' END")
          .equals("yes")) {
        if (System.nanoTime() > end) {
          throw new SQLException(
              "after %d s it is still not so that %s"
                  .formatted(PATIENCE.toSeconds(), condition.strip()));
        }
        LockSupport.parkNanos(INTERVAL.toNanos());
      }
    }
  }
}
