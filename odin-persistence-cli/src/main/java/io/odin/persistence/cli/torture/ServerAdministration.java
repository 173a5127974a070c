package io.odin.persistence.cli.torture;

import io.odin.persistence.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What an administrator does to a server with SQL. Immutable. */
final class ServerAdministration {

  private static final String SESSIONS =
      "FROM pg_stat_activity WHERE datname = '" + Torture.DATABASE + "'";
  private static final String END_ALL_SESSIONS = "SELECT pg_terminate_backend(pid) " + SESSIONS;

  private static final ServerAdministration POSTGRES =
      new ServerAdministration(
          List.of(
              "ALTER SYSTEM SET default_transaction_read_only = on",
              "SELECT pg_reload_conf()",
              END_ALL_SESSIONS),
          List.of(
              "ALTER SYSTEM RESET default_transaction_read_only",
              "SELECT pg_reload_conf()",
              END_ALL_SESSIONS),
          "SELECT 'SELECT pg_terminate_backend(' || pid || ')' " + SESSIONS);

  private static final ServerAdministration MYSQL =
      new ServerAdministration(
          List.of("SET GLOBAL super_read_only = ON"),
          List.of("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF"),
          "SELECT concat('KILL ', processlist_id) FROM performance_schema.threads WHERE"
              + " processlist_db = '"
              + Torture.DATABASE
              + "'");

  private final List<String> refuseWrites;
  private final List<String> acceptWrites;
  private final String statementsThatEndSessions;

  private ServerAdministration(
      List<String> refuseWrites, List<String> acceptWrites, String statementsThatEndSessions) {
    this.refuseWrites = refuseWrites;
    this.acceptWrites = acceptWrites;
    this.statementsThatEndSessions = statementsThatEndSessions;
  }

  /** The one of a backend. */
  static ServerAdministration of(String backend) {
    return backend.equals("mysql") ? MYSQL : POSTGRES;
  }

  /** Makes the server refuse writes. */
  void refuseWrites(DatabaseServer server) throws SQLException {
    server.execute(refuseWrites.toArray(String[]::new));
  }

  /** Makes the server accept writes again. */
  void acceptWrites(DatabaseServer server) throws SQLException {
    server.execute(acceptWrites.toArray(String[]::new));
  }

  /** Ends the sessions of all that use the database. */
  void endSessions(DatabaseServer server) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      List<String> kills = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(statementsThatEndSessions)) {
        while (rows.next()) {
          kills.add(rows.getString(1));
        }
      }
      for (String kill : kills) {
        try {
          statement.execute(kill);
        } catch (SQLException e) {
          // The session has ended by itself in between.
        }
      }
    }
  }
}
