package io.odin.persistence.benchmarks.harness;

import io.odin.persistence.benchmarks.engine.Engine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server under test.
 *
 * @param engine what it is
 * @param place scheme, host and port
 * @param maintenance the database to connect to for making others; empty if none is needed
 * @param parameters the rest of the JDBC URL, empty or with its question mark
 * @param user who may make databases
 * @param password empty if none is asked for
 */
public record Server(
    Engine engine,
    String place,
    String maintenance,
    String parameters,
    String user,
    String password) {

  private static final Pattern URL =
      Pattern.compile("(?<place>jdbc:\\w+://[^/?]+)/(?<database>[^?]*)(?<parameters>\\?.*)?");

  /**
   * Takes a JDBC URL apart.
   *
   * @throws IllegalArgumentException if it is not one of an engine that can be measured
   */
  public static Server at(String url, String user, String password) {
    Engine engine = Engine.of(url);
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the URL must look like " + engine.scheme() + "host:port/database");
    }
    return new Server(
        engine,
        matcher.group("place"),
        matcher.group("database"),
        Optional.ofNullable(matcher.group("parameters")).orElse(""),
        user,
        password);
  }

  String url(String database) {
    return place + "/" + database + parameters;
  }

  Database database(String name) {
    return new Database(this, name);
  }

  void execute(String sql) throws SQLException {
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
      for (String name : engine.importantSettings()) {
        settings.put(name, show(statement, name));
      }
      for (Map.Entry<String, String> durable : new TreeMap<>(engine.durableSettings()).entrySet()) {
        String name = durable.getKey();
        String value = show(statement, name);
        if (!value.equals(durable.getValue())) {
          throw new IllegalStateException(
              "%s is %s and not %s: without durable commits the figures mean nothing"
                  .formatted(name, value, durable.getValue()));
        }
        settings.put(name, value);
      }
    }
    return settings;
  }

  private String show(Statement statement, String name) throws SQLException {
    try (ResultSet row = statement.executeQuery(engine.showSetting(name))) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
