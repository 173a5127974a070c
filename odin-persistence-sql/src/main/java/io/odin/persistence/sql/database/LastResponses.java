package io.odin.persistence.sql.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** When the server last answered on each connection of a pool. Thread-safe. */
final class LastResponses {

  private static final Duration LONG_AGO = Duration.ofDays(1);

  // Weak, since the pool does not report which connections it has given up.
  private final Map<Connection, Long> nanos = Collections.synchronizedMap(new WeakHashMap<>());

  /** The server has just answered. */
  void responded(Connection connection) throws SQLException {
    responded(connection, System.nanoTime());
  }

  /**
   * The server has answered.
   *
   * @param nanoTime when, or when it was asked, by {@link System#nanoTime}
   */
  void responded(Connection connection, long nanoTime) throws SQLException {
    nanos.put(ofDriver(connection), nanoTime);
  }

  /** How long ago the server answered; a day if it has not answered yet. */
  Duration since(Connection connection) throws SQLException {
    Long last = nanos.get(ofDriver(connection));
    return last == null ? LONG_AGO : Duration.ofNanos(System.nanoTime() - last);
  }

  /** The pool wraps a connection again each time that it gives it. */
  private static Connection ofDriver(Connection connection) throws SQLException {
    return connection.unwrap(Connection.class);
  }
}
