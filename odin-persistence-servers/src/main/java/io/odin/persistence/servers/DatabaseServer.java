package io.odin.persistence.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A running database server on which databases can be made. One that was started here stops with
 * {@link #close()}, or when the JVM ends, and leaves nothing behind. Immutable and thread-safe.
 */
public interface DatabaseServer extends AutoCloseable {

  /** The JDBC URL for statements about the server itself, without credentials. */
  String url();

  /** The JDBC URL of a database on this server, which need not exist yet, without credentials. */
  String url(String database);

  /** Who may do everything. */
  String user();

  /** The password of {@link #user()}; may be empty. */
  String password();

  /**
   * Makes a database that holds nothing. Needs the driver on the class path.
   *
   * @param name letters, digits and underscores
   * @return its JDBC URL, without credentials
   * @throws SQLException if there is one of that name, or the server refuses
   */
  default String create(String name) throws SQLException {
    execute("CREATE DATABASE " + name);
    return url(name);
  }

  /**
   * Connects as the one who may do everything. Needs the driver on the class path.
   *
   * @throws SQLException if the server refuses
   */
  default Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), password());
  }

  /**
   * Runs statements in one session, as the one who may do everything.
   *
   * @throws SQLException if the server refuses
   */
  default void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The server's process, if it was started here as one. */
  default Optional<DatabaseProcess> process() {
    return Optional.empty();
  }

  /** Stops the server if it was started here. Harmless again. */
  @Override
  void close();
}
