package io.odin.persistence.postgres;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.servers.PgBouncer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database, and poolers before it that end with it. Not thread-safe. */
final class Poolers implements AutoCloseable {

  private final PostgresTckDatabase database;
  private final List<PgBouncer> running = new ArrayList<>();

  private Poolers(PostgresTckDatabase database) {
    this.database = database;
  }

  /** Skips the test on a machine that cannot have a pooler. */
  static Poolers beforeNewDatabase() {
    assumeThat(PgBouncer.isAvailable())
        .as("PgBouncer comes as a package of Debian: apt-get, dpkg-deb and Debian's keys are there")
        .isTrue();
    return new Poolers(TestPostgres.V18.database());
  }

  PostgresTckDatabase database() {
    return database;
  }

  /**
   * Starts a pooler.
   *
   * @param settings {@code name=value}, separated by commas
   */
  PgBouncer start(String settings) {
    PostgresServer server = database.server();
    String[] place = server.place().split(":", 2);
    try {
      PgBouncer pooler =
          PgBouncer.start(
              Map.of(
                  "host",
                  // It would wait before it tries a second address of a name.
                  InetAddress.getByName(place[0]).getHostAddress(),
                  "port",
                  place[1],
                  "user",
                  server.superuser().username(),
                  "password",
                  server.superuser().password()),
              settings(settings));
      running.add(pooler);
      return pooler;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@link #start} makes of that text. */
  static Map<String, String> settings(String text) {
    Map<String, String> settings = new HashMap<>();
    for (String setting : text.split(",", -1)) {
      String[] parts = setting.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    return settings;
  }

  /** How the library connects to the database itself. */
  PersistenceConfig direct() {
    return database.config().toBuilder()
        .shardCount(8)
        .migrationTimeout(Duration.ofSeconds(3))
        .connectionTimeout(Duration.ofSeconds(2))
        .build();
  }

  /** How the library connects through a pooler. */
  PersistenceConfig through(PgBouncer pooler) {
    return PersistenceConfig.builder(url(pooler))
        .credentials("worker", "")
        .shardCount(8)
        .migrationTimeout(Duration.ofSeconds(3))
        .connectionTimeout(Duration.ofSeconds(2))
        .build();
  }

  private String url(PgBouncer pooler) {
    return "jdbc:postgresql://%s/%s".formatted(pooler.place(), database.name());
  }

  /** A connection of another program through the pooler. */
  Connection connect(PgBouncer pooler) throws SQLException {
    return DriverManager.getConnection(url(pooler) + "?ApplicationName=another", "other", "");
  }

  /** Lets the pooler have that number of sessions, all of them idle. */
  void fill(PgBouncer pooler, int sessions) throws SQLException {
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < sessions; i++) {
        Connection connection = connect(pooler);
        connections.add(connection);
        // The driver's own beginning of a transaction would be a prepared statement that stays.
        execute(connection, "BEGIN");
      }
      for (Connection connection : connections) {
        execute(connection, "COMMIT");
      }
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value that a query returns, as text. */
  static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /** The advisory locks that any session holds. */
  int locks() {
    return database.value(
        """
        SELECT count(*)::int FROM pg_locks
         WHERE locktype = 'advisory'
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())\
        """,
        Integer.class);
  }

  @Override
  public void close() {
    running.forEach(PgBouncer::close);
    database.close();
  }
}
