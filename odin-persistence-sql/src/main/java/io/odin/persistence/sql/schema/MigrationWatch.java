package io.odin.persistence.sql.schema;

import io.odin.persistence.sql.connection.MigrationLock;
import io.odin.persistence.sql.database.ConnectionSource;
import io.odin.persistence.sql.database.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a migration, whose changes may take as long as they need: logs what it waits for, and
 * ends its connection if the server can no longer be reached. Thread-safe.
 */
final class MigrationWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** How often in a row the server must be out of reach. */
  private static final int PATIENCE = 3;

  private final Connection migrating;
  private final long session;
  private final ConnectionSource source;
  private final Dialect dialect;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Optional<String> last = Optional.empty();
  private int failures;

  private MigrationWatch(
      Connection migrating, long session, ConnectionSource source, Dialect dialect) {
    this.migrating = migrating;
    this.session = session;
    this.source = source;
    this.dialect = dialect;
  }

  /** Begins; until it is closed, replies to the connection are waited for without limit. */
  static MigrationWatch over(Connection migrating, ConnectionSource source, Dialect dialect)
      throws SQLException {
    long session = dialect.migrationLock().session(migrating);
    MigrationWatch watch = new MigrationWatch(migrating, session, source, dialect);
    migrating.setNetworkTimeout(Runnable::run, 0);
    Thread.ofVirtual().name("odin-migration-watch").start(watch::run);
    return watch;
  }

  private void run() {
    try {
      while (!ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
        if (failures == PATIENCE) {
          migrating.abort(Runnable::run);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.warn("The connection of the migration could not be ended", e);
    }
  }

  private void look() {
    MigrationLock lock = dialect.migrationLock();
    try (Connection connection = source.getConnection()) {
      Optional<String> now = lock.waitsFor(connection, session);
      if (now.isPresent() && !now.equals(last)) {
        LOG.warn("The migration waits: {}", now.get());
      }
      last = now;
      failures = 0;
    } catch (SQLException e) {
      failures = dialect.classify(e).isOutOfReach() ? failures + 1 : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    ended.countDown();
    if (!migrating.isClosed()) {
      source.limitReplies(migrating);
    }
  }
}
