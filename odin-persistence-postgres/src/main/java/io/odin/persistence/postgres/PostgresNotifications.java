package io.odin.persistence.postgres;

import io.odin.persistence.sql.database.MessageChannel;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Messages by NOTIFY. Its channels belong to the database, so the name of the channel has the
 * number of the schema. The session that sends has nothing else to commit: the lock that NOTIFY
 * takes at the commit is then not held while the log is flushed.
 */
enum PostgresNotifications implements MessageChannel {
  /** The same for all schemas. */
  INSTANCE;

  private static final String CHANNEL =
      """
      SELECT 'odin_' || n.oid::text
        FROM pg_catalog.pg_namespace AS n
       WHERE n.nspname = current_schema()\
      """;

  private static final Sql SEND =
      Sql.of("messages.send", "SELECT pg_notify((" + CHANNEL + "), :message)");

  @Override
  public Step send(String message) {
    return Step.query(SEND, Binds.of("message", message), row -> SEND);
  }

  @Override
  public void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CHANNEL)) {
      row.next();
      statement.execute("LISTEN " + row.getString(1));
    }
  }

  @Override
  public List<String> receive(Connection connection, Duration timeout) throws SQLException {
    PGNotification[] received =
        connection
            .unwrap(PGConnection.class)
            .getNotifications(Math.toIntExact(Math.max(1, timeout.toMillis())));
    return received == null
        ? List.of()
        : Arrays.stream(received).map(PGNotification::getParameter).toList();
  }
}
