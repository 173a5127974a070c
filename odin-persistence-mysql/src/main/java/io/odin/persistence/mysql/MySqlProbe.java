package io.odin.persistence.mysql;

import io.odin.persistence.sql.database.FailureKind;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;

/** What a new connection of the pool is asked before several statements are sent on it at once. */
final class MySqlProbe {

  private static final int PINGS = 5;

  /** What ends a literal, or continues one, under some setting of a server, or in some charset. */
  private static final String DIFFICULT = "\\'\"`;--/*?\0\n\r\u001a%_\u00a5\u20a9\u7e17\\";

  private static final byte[] BYTES = DIFFICULT.getBytes(StandardCharsets.UTF_16);
  private static final String CHARSET = "utf8mb4";
  private static final String TEXT = "SELECT ?, ?, CHARSET(?);\nDO 0";

  private MySqlProbe() {}

  /**
   * Whether values that the driver writes into a text arrive as they are, and texts as texts. The
   * driver reads the server's sql_mode when it connects, and writes backslashes, or hexadecimal
   * numbers instead, accordingly; the session's is another one if the server has
   * NO_BACKSLASH_ESCAPES.
   */
  static boolean isFit(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TEXT)) {
      statement.setString(1, DIFFICULT);
      statement.setBytes(2, BYTES);
      statement.setString(3, DIFFICULT);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            && DIFFICULT.equals(row.getString(1))
            && Arrays.equals(BYTES, row.getBytes(2))
            && CHARSET.equals(row.getString(3));
      }
    } catch (SQLException e) {
      // A broken connection says nothing about others; what refuses the text takes one statement.
      FailureKind kind = MySqlErrors.classify(e);
      if (kind == FailureKind.CONNECTION_LOST || kind == FailureKind.CONNECTION_REFUSED) {
        throw e;
      }
      return false;
    }
  }

  /** The shortest of some round trips: whatever else the machine does makes others longer. */
  static Duration shortestPing(Connection connection) throws SQLException {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < PINGS; i++) {
      long start = System.nanoTime();
      ping(connection);
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return Duration.ofNanos(shortest);
  }

  /** Asks the server whether it answers. */
  static void ping(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // What the driver takes for a ping, and does not send as a query.
      statement.execute("/* ping */ SELECT 1");
    }
  }
}
