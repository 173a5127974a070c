package io.odin.persistence.postgres;

import io.odin.persistence.sql.connection.MigrationLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** An advisory lock, which is one in each database. Immutable and thread-safe. */
final class PostgresMigrationLock implements MigrationLock {

  // The one that 00_init.sql takes.
  static final long KEY = 1329875278L;

  private static final String DESCRIPTION =
      """
      format('session %s (%s) of %s from %s, %s since %s', a.pid, a.application_name, a.usename,
             coalesce(host(a.client_addr), 'this machine'), a.state, date_trunc('second', a.state_change))\
      """;

  private static final String HOLDER =
      """
      SELECT %s
        FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
       WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid = 0 AND l.objid = %d
         AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
       LIMIT 1\
      """
          .formatted(DESCRIPTION, KEY);

  private static final String BLOCKER =
      """
      SELECT 'for ' || %s || ': end it if it does nothing'
        FROM pg_stat_activity AS a
       WHERE a.pid = ANY (pg_blocking_pids(?::int))
       ORDER BY a.pid
       LIMIT 1\
      """
          .formatted(DESCRIPTION);

  @Override
  public boolean take(Connection connection) throws SQLException {
    return MigrationLock.ask(connection, "SELECT pg_try_advisory_lock(" + KEY + ")::text")
        .orElse("")
        .equals("true");
  }

  @Override
  public void release(Connection connection) throws SQLException {
    Optional<String> released =
        MigrationLock.ask(connection, "SELECT pg_advisory_unlock(" + KEY + ")::text");
    if (!released.orElse("").equals("true")) {
      throw new SQLException("the lock of the migration was not held to its end", "55000");
    }
  }

  @Override
  public Optional<String> holder(Connection connection) throws SQLException {
    return MigrationLock.ask(connection, HOLDER);
  }

  @Override
  public long session(Connection connection) throws SQLException {
    return Long.parseLong(
        MigrationLock.ask(connection, "SELECT pg_backend_pid()::text").orElseThrow());
  }

  @Override
  public Optional<String> waitsFor(Connection connection, long session) throws SQLException {
    return MigrationLock.ask(connection, BLOCKER, session);
  }
}
