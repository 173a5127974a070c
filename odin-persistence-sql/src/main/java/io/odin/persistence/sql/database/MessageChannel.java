package io.odin.persistence.sql.database;

import io.odin.persistence.sql.statement.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * How the processes that use the tables of one schema send each other short messages through the
 * database. A message may be lost, and none is kept for those that do not listen. Immutable and
 * thread-safe.
 */
public interface MessageChannel {

  /** How long a message may be, in characters. */
  int MAXIMUM_LENGTH = 7000;

  /**
   * Sends a message to every session that listens, the sender's own process included.
   *
   * @param message of ASCII characters, at most {@link #MAXIMUM_LENGTH}
   */
  Step send(String message);

  /**
   * Lets a session receive what is sent from now on.
   *
   * @param connection with the settings of the stores, outside a transaction
   */
  void listen(Connection connection) throws SQLException;

  /**
   * The messages that a session that listens has received since the last call, in the order in
   * which they were sent. Waits if there is none.
   *
   * @param timeout at least a millisecond
   * @return empty after the timeout
   */
  List<String> receive(Connection connection, Duration timeout) throws SQLException;
}
