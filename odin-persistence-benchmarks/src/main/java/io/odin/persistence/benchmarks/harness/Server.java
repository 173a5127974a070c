package io.odin.persistence.benchmarks.harness;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The PostgreSQL server under test.
 *
 * @param place {@code host:port}
 * @param maintenance the database to connect to for making others
 * @param parameters the rest of the JDBC URL, empty or with its question mark
 * @param user who may make databases
 * @param password empty if none is asked for
 */
public record Server(
    String place, String maintenance, String parameters, String user, String password) {

  private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^/]+)/([^?]*)(\\?.*)?");

  /** What has to be on, or a commit is not one. */
  private static final List<String> DURABLE =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private static final List<String> TELLING =
      List.of(
          "server_version",
          "shared_buffers",
          "max_wal_size",
          "checkpoint_timeout",
          "wal_sync_method",
          "wal_compression",
          "autovacuum",
          "autovacuum_naptime",
          "jit",
          "max_connections");

  /**
   * Takes a JDBC URL apart.
   *
   * @throws IllegalArgumentException if it is not one of PostgreSQL
   */
  public static Server at(String url, String user, String password) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the URL must look like jdbc:postgresql://host:port/database");
    }
    String parameters = matcher.group(3);
    return new Server(
        matcher.group(1), matcher.group(2), parameters == null ? "" : parameters, user, password);
  }

  String url(String database) {
    return "jdbc:postgresql://" + place + "/" + database + parameters;
  }

  Database database(String name) {
    return new Database(this, name);
  }

  void create(String name, String template) throws SQLException {
    execute("CREATE DATABASE " + name + " TEMPLATE " + template);
  }

  void drop(String name) throws SQLException {
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(maintenance), user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * The settings that decide what the figures mean.
   *
   * @throws IllegalStateException if the server does not keep what it has committed
   */
  public Map<String, String> settings() throws SQLException {
    Map<String, String> settings = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection(url(maintenance), user, password);
        Statement statement = connection.createStatement()) {
      for (String name : TELLING) {
        settings.put(name, show(statement, name));
      }
      for (String name : DURABLE) {
        String value = show(statement, name);
        if (!value.equals("on")) {
          throw new IllegalStateException(
              name + " is " + value + ": without durable commits the figures mean nothing");
        }
        settings.put(name, value);
      }
    }
    return settings;
  }

  private static String show(Statement statement, String name) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }
}
