package io.odin.persistence.sql.schema;

import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.sql.connection.MigrationLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lock of a process that migrates, from its turn until it is closed. Not thread-safe. */
final class MigrationTurn implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationTurn.class);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private final Connection connection;
  private final MigrationLock lock;

  private MigrationTurn(Connection connection, MigrationLock lock) {
    this.connection = connection;
    this.lock = lock;
  }

  /**
   * Waits until no other process migrates. After two seconds the log has for which one.
   *
   * @throws UnavailableException naming it, after that time
   */
  static MigrationTurn await(Connection connection, MigrationLock lock, Duration longest)
      throws SQLException {
    long start = System.nanoTime();
    boolean said = false;
    while (!lock.take(connection)) {
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.compareTo(longest) >= 0 || Thread.currentThread().isInterrupted()) {
        throw new UnavailableException(
            Reason.LOCK_TIMEOUT,
            "another process migrates this database: %s; waited %d s, up to migrationTimeout: end it if it does nothing"
                .formatted(holder(connection, lock), waited.toSeconds()),
            null);
      }
      if (!said && waited.compareTo(SILENCE) >= 0) {
        LOG.warn("The migration waits for another one: {}", holder(connection, lock));
        said = true;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return new MigrationTurn(connection, lock);
  }

  private static String holder(Connection connection, MigrationLock lock) throws SQLException {
    return lock.holder(connection).orElse("a session that this account cannot see");
  }

  @Override
  public void close() throws SQLException {
    // A connection that is broken has given it back.
    if (!connection.isClosed()) {
      if (!connection.getAutoCommit()) {
        // What has failed, and would fail the release too.
        connection.rollback();
      }
      lock.release(connection);
    }
  }
}
