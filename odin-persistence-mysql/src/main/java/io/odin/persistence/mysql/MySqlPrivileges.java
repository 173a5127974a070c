package io.odin.persistence.mysql;

import io.odin.persistence.sql.statement.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the account of the stores may do. The server checks that when a statement is prepared, so
 * every statement is prepared and none is run: roles, which the catalog does not resolve, count as
 * they do for the stores.
 */
final class MySqlPrivileges {

  private static final Pattern DENIED =
      Pattern.compile(
          "([A-Z, ]+) command denied to user .* for (?:table|column|routine) '([^']+)'.*");

  private MySqlPrivileges() {}

  static List<String> missing(Connection connection, List<Sql> statements) throws SQLException {
    TreeSet<String> missing = new TreeSet<>();
    try (PreparedStatement text = connection.prepareStatement("SET @odin_probe = ?");
        Statement probe = connection.createStatement()) {
      for (Sql sql : statements) {
        text.setString(1, sql.jdbcText());
        text.execute();
        try {
          probe.execute("PREPARE odin_probe FROM @odin_probe");
        } catch (SQLException e) {
          if (!MySqlErrors.isDenied(e)) {
            throw e;
          }
          missing.add(inShort(String.valueOf(e.getMessage())));
        }
      }
      probe.execute("SET @odin_probe = NULL");
      probe.execute("PREPARE odin_probe FROM 'DO 0'");
      probe.execute("DEALLOCATE PREPARE odin_probe");
    }
    return new ArrayList<>(missing);
  }

  /** "INSERT on task_queues". */
  private static String inShort(String message) {
    Matcher denied = DENIED.matcher(message);
    return denied.matches() ? denied.group(1) + " on " + denied.group(2) : message;
  }
}
