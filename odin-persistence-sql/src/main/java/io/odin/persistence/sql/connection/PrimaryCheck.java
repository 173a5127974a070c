package io.odin.persistence.sql.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How to ask whether a server is the primary, made for one server and its sessions. Immutable and
 * thread-safe.
 */
public interface PrimaryCheck {

  /**
   * Whether the server takes writes as far as its place among others decides it.
   *
   * @param connection the one that the check was made with
   */
  boolean isPrimary(Connection connection) throws SQLException;

  /**
   * Whether a session leads to the server that the check was made for, and that server is still the
   * primary; asked before each operation if there are several hosts. A former primary whose
   * sessions go on would answer with what is old.
   *
   * @param connection to any of the hosts
   * @param unasked how long ago the server of this connection was last asked and said yes, counted
   *     from the question
   */
  boolean isStillPrimary(Connection connection, Duration unasked) throws SQLException;
}
