package io.odin.persistence.benchmarks.harness;

import io.odin.persistence.benchmarks.engine.Engine;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
 * @param measuredPlace those of the connections that are measured: the same, or of what is on the
 *     way
 * @param maintenance the database to connect to for making others; empty if none is needed
 * @param parameters the rest of the JDBC URL, empty or with its question mark
 * @param user who may make databases
 * @param password empty if none is asked for
 */
public record Server(
    Engine engine,
    String place,
    String measuredPlace,
    String maintenance,
    String parameters,
    String user,
    String password) {

  private static final Pattern URL =
      Pattern.compile("(?<place>jdbc:\\w+://[^/?]+)/(?<database>[^?]*)(?<parameters>\\?.*)?");
  private static final Pattern ONE_HOST =
      Pattern.compile("jdbc:\\w+://(?<host>[^:/,]+|\\[[^]]+]):(?<port>\\d{1,5})");
  private static final int PINGS = 100;

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
        matcher.group("place"),
        matcher.group("database"),
        Optional.ofNullable(matcher.group("parameters")).orElse(""),
        user,
        password);
  }

  /**
   * Where it is.
   *
   * @throws IllegalArgumentException if the URL does not name one host and its port
   */
  public InetSocketAddress address() {
    Matcher matcher = ONE_HOST.matcher(place);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the URL must name one host and its port, as in "
              + engine.scheme()
              + "host:port/database");
    }
    return new InetSocketAddress(matcher.group("host"), Integer.parseInt(matcher.group("port")));
  }

  /** The same server, to whose measured connections a port of this machine leads. */
  public Server measuredThrough(int port) {
    return new Server(
        engine,
        place,
        engine.scheme() + "localhost:" + port,
        maintenance,
        parameters,
        user,
        password);
  }

  /** The shortest of several round trips on a measured connection. */
  public Duration roundTrip() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(measuredUrl(maintenance), user, password);
        Statement statement = connection.createStatement()) {
      long shortest = Long.MAX_VALUE;
      for (int i = 0; i < PINGS; i++) {
        long start = System.nanoTime();
        statement.execute("SELECT 1");
        shortest = Math.min(shortest, System.nanoTime() - start);
      }
      return Duration.ofNanos(shortest);
    }
  }

  String url(String database) {
    return place + "/" + database + parameters;
  }

  String measuredUrl(String database) {
    return measuredPlace + "/" + database + parameters;
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
