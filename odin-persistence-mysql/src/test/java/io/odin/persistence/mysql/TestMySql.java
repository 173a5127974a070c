package io.odin.persistence.mysql;

import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.MySqlServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * The MySQL server of the tests, started when it is first needed and stopped with the JVM. Tests
 * are never skipped for want of one. Thread-safe.
 */
public final class TestMySql {

  /** Plain text on the wire, so that a proxy of the kit can read along. */
  private static final String PARAMETERS = "sslMode=DISABLED&allowPublicKeyRetrieval=true";

  private TestMySql() {}

  private static final class Holder {
    private static final MySqlServer SERVER = start();

    private static MySqlServer start() {
      try {
        MySqlServer server = MySqlServer.find(Durability.NONE, Map.of());
        System.out.println("MySQL for tests: " + server.url());
        return server;
      } catch (IOException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
  }

  /** The server. */
  public static MySqlServer server() {
    return Holder.SERVER;
  }

  /** A new database that holds nothing, and an account of its own that may do anything there. */
  public static MySqlTckDatabase database() {
    String name = "odin_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    execute(
        // Only of an account with a limit does the server count the connections.
        "CREATE USER %1$s IDENTIFIED BY '%1$s' WITH MAX_USER_CONNECTIONS 10000".formatted(name),
        "CREATE DATABASE " + name,
        "GRANT ALL ON %1$s.* TO %1$s".formatted(name),
        // Otherwise only an account with SUPER may make triggers and functions.
        "SET GLOBAL log_bin_trust_function_creators = ON");
    return new MySqlTckDatabase(name);
  }

  /** The JDBC URL of a database, without credentials. */
  static String url(String database) {
    String url = Holder.SERVER.url(database);
    return url + (url.contains("?") ? "&" : "?") + PARAMETERS;
  }

  /** A connection as the one who may do everything. */
  static Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", Holder.SERVER.user());
    properties.setProperty("password", Holder.SERVER.password());
    properties.setProperty("connectionTimeZone", "UTC");
    properties.setProperty("forceConnectionTimeZoneToSession", "true");
    return DriverManager.getConnection(url(database), properties);
  }

  /** Runs statements, each in a transaction of its own. */
  static void execute(String... statements) {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tests' server refused: " + e.getMessage(), e);
    }
  }

  /** The numbers that a query with one parameter returns. */
  static List<Long> numbers(String query, String parameter) {
    try (Connection connection = connect("");
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        List<Long> numbers = new ArrayList<>();
        while (rows.next()) {
          numbers.add(rows.getLong(1));
        }
        return numbers;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tests' server refused: " + e.getMessage(), e);
    }
  }
}
