package io.odin.persistence.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Distinguishes connections that keep their session from those to which a pooler lends one. */
final class PostgresSessions {

  /** How long a pooler is given to drop what it could still pass on; others notify at once. */
  private static final Duration NOTIFICATION = Duration.ofSeconds(2);

  private PostgresSessions() {}

  /**
   * Whether a connection keeps its session between two transactions. Without a pooler one
   * connection is asked once. Behind one, the session's number does not show it, since a pooler
   * with nothing else to do lends the same session again; but only a session that a connection
   * keeps can notify it while it asks nothing.
   */
  static boolean areKept(DataSource plain) throws SQLException {
    try (Connection connection = plain.getConnection()) {
      int session = session(connection);
      // A driver that wraps another one may hide it.
      boolean visible = connection.isWrapperFor(PGConnection.class);
      // A pooler lets clients log in before they have a session, so it makes up its number.
      if (visible && connection.unwrap(PGConnection.class).getBackendPID() == session) {
        return true;
      }
      try (Connection other = plain.getConnection()) {
        return session(other) != session && (!visible || isNotified(connection, other));
      }
    }
  }

  private static boolean isNotified(Connection connection, Connection other) throws SQLException {
    PGConnection driver = connection.unwrap(PGConnection.class);
    String channel = "odin_" + UUID.randomUUID().toString().replace("-", "");
    execute(connection, "LISTEN " + channel);
    execute(other, "NOTIFY " + channel);
    boolean whileIdle =
        contains(driver.getNotifications(Math.toIntExact(NOTIFICATION.toMillis())), channel);
    // However busy the server is, a session is notified with its next reply at the latest.
    session(connection);
    boolean withReply = contains(driver.getNotifications(), channel);
    execute(connection, "UNLISTEN " + channel);
    return whileIdle || withReply;
  }

  private static boolean contains(PGNotification @Nullable [] received, String channel) {
    return received != null && Stream.of(received).anyMatch(each -> each.getName().equals(channel));
  }

  /** Not prepared: a session that is lent would keep the statement for others. */
  private static int session(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
