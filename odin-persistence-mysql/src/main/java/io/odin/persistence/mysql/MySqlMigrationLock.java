package io.odin.persistence.mysql;

import io.odin.persistence.sql.connection.MigrationLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A lock by name, one for each database of the server. Immutable and thread-safe. */
final class MySqlMigrationLock implements MigrationLock {

  // The one that 00_init.sql takes.
  static final String NAME = "CONCAT('odin:', LEFT(SHA2(DATABASE(), 256), 32))";

  /** Without the privilege PROCESS an account sees its own sessions only. */
  private static final String SESSION =
      """
      SELECT CONCAT('session ', p.ID, ' of ', p.USER, ' from ', p.HOST, ', ', p.COMMAND, ' for ', p.TIME, ' s')
        FROM information_schema.PROCESSLIST AS p
       WHERE p.ID = ?\
      """;

  private static final String WAIT =
      """
      SELECT CONCAT(p.STATE, ', for ', p.TIME, ' s: end the session that uses the table')
        FROM information_schema.PROCESSLIST AS p
       WHERE p.ID = ? AND p.STATE LIKE 'Waiting for %' AND p.TIME >= 2\
      """;

  @Override
  public boolean take(Connection connection) throws SQLException {
    return MigrationLock.ask(connection, "SELECT GET_LOCK(" + NAME + ", 0)").orElse("").equals("1");
  }

  @Override
  public void release(Connection connection) throws SQLException {
    if (!MigrationLock.ask(connection, "SELECT RELEASE_LOCK(" + NAME + ")")
        .orElse("")
        .equals("1")) {
      throw new SQLException("the lock of the migration was not held to its end", "HY000");
    }
  }

  @Override
  public Optional<String> holder(Connection connection) throws SQLException {
    Optional<String> session = MigrationLock.ask(connection, "SELECT IS_USED_LOCK(" + NAME + ")");
    if (session.isEmpty()) {
      return session;
    }
    Optional<String> seen = MigrationLock.ask(connection, SESSION, Long.parseLong(session.get()));
    return seen.isPresent() ? seen : Optional.of("session " + session.get());
  }

  @Override
  public long session(Connection connection) throws SQLException {
    return Long.parseLong(MigrationLock.ask(connection, "SELECT CONNECTION_ID()").orElseThrow());
  }

  @Override
  public Optional<String> waitsFor(Connection connection, long session) throws SQLException {
    return MigrationLock.ask(connection, WAIT, session);
  }
}
