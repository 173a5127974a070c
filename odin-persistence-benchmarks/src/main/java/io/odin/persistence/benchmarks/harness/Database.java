package io.odin.persistence.benchmarks.harness;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.benchmarks.engine.Engine;
import io.odin.persistence.benchmarks.engine.RoundTrips;
import io.odin.persistence.sql.database.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * One database of the server under test. Its connections count their round trips, except those that
 * prepare and check.
 */
public final class Database {

  /** How many shards each has. */
  public static final int SHARDS = 512;

  private final Server server;
  private final String name;

  Database(Server server, String name) {
    this.server = server;
    this.name = name;
  }

  /** The name within the server. */
  public String name() {
    return name;
  }

  /** What database server it is on. */
  public Engine engine() {
    return server.engine();
  }

  /** The JDBC URL whose connections count their round trips. */
  public String countingUrl() {
    String url = server.measuredUrl(name);
    return url + (url.contains("?") ? "&" : "?") + engine().countingParameters(name);
  }

  /** How many round trips its counting connections made. */
  public long roundTrips() {
    return RoundTrips.count(name);
  }

  /** How the library gets to it. */
  public PersistenceConfig.Builder config() {
    return PersistenceConfig.builder(countingUrl())
        .credentials(server.user(), server.password())
        .shardCount(SHARDS);
  }

  /** A connection that counts, with the settings that the library gives to its own. */
  public Connection connectAsLibrary() throws SQLException {
    Dialect dialect = engine().dialect();
    PersistenceConfig config = config().build();
    Properties properties = credentials();
    dialect.driverProperties(config).forEach(properties::setProperty);
    Connection connection = DriverManager.getConnection(countingUrl(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(dialect.sessionSettings(config));
    }
    return connection;
  }

  /** A connection that does not count, for preparing and checking. */
  public Connection connectAside() throws SQLException {
    Properties properties = credentials();
    engine().ordinaryProperties().forEach(properties::setProperty);
    return DriverManager.getConnection(server.url(name), properties);
  }

  /** The user and the password, as drivers want them. */
  public Properties credentials() {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    return properties;
  }

  /** Runs statements, each in a transaction of its own. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connectAside();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Updates the planner's statistics of the tables. */
  public void settle() throws SQLException {
    try (Connection connection = connectAside()) {
      engine().settle(connection);
    }
  }

  /** The number that a query answers with. */
  public long number(String query) throws SQLException {
    try (Connection connection = connectAside();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Checks that work was done.
   *
   * @throws IllegalStateException if the query answers with another number
   */
  public void expect(long expected, String query) throws SQLException {
    long actual = number(query);
    if (actual != expected) {
      throw new IllegalStateException(
          "the work was not done as it was counted: %d expected, %d found by %s"
              .formatted(expected, actual, query));
    }
  }
}
