package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.schema.SchemaStatus;
import io.odin.persistence.sql.tests.StoreConnection;
import io.odin.persistence.tck.harness.Concurrently;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A migration waits for another one, names it, and gives back what it has taken. */
class MigrationLockTest {

  private final PostgresTckDatabase database = TestPostgres.V18.database();

  @AfterEach
  void drop() {
    database.close();
  }

  private PersistenceConfig config(Duration wait) {
    return database.config().toBuilder().shardCount(8).migrationTimeout(wait).build();
  }

  @Test
  void migrate_whileAnotherProcessDoes_namesItAndEnds() throws SQLException {
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(1329875278)");

      UnavailableException failure =
          catchThrowableOfType(
              UnavailableException.class,
              () -> Persistence.schemaOf(config(Duration.ofSeconds(3))).migrate());

      assertThat(failure.reason()).isEqualTo(Reason.LOCK_TIMEOUT);
      assertThat(failure)
          .hasMessageContaining("another process migrates this database")
          .hasMessageContaining("odin-tck");

      Future<SchemaStatus> waiting =
          Concurrently.start(() -> Persistence.schemaOf(config(Duration.ofMinutes(1))).migrate());
      statement.execute("SELECT pg_advisory_unlock(1329875278)");
      assertThat(Concurrently.resultOf(waiting).isCurrent()).isTrue();
    }
  }

  /** A pooler keeps the session, and with it what is not given back. */
  @Test
  void release_givesTheLockBackBeforeTheSessionEnds() throws SQLException {
    PostgresMigrationLock lock = new PostgresMigrationLock();
    try (Connection one = StoreConnection.open(new PostgresDialect(), database.config());
        Connection other = StoreConnection.open(new PostgresDialect(), database.config())) {
      assertThat(lock.take(one)).isTrue();
      assertThat(lock.take(other)).isFalse();
      assertThat(lock.holder(other)).isPresent();

      lock.release(one);

      assertThat(lock.take(other)).isTrue();
      assertThat(lock.waitsFor(other, lock.session(one))).isEmpty();
    }
  }
}
