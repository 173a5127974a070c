package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.servers.PgBouncer;
import io.odin.persistence.tck.harness.Concurrently;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PgBouncer that lends sessions is recognized before it has any of the library's. */
class TransactionPoolerTest {

  private final Poolers poolers = Poolers.beforeNewDatabase();

  @AfterEach
  void close() {
    poolers.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pool_mode=transaction",
        // The one session is the same each time.
        "pool_mode=transaction,default_pool_size=1",
        // Each of two sessions is the same every second time.
        "pool_mode=transaction,server_round_robin=1",
        "pool_mode=transaction,max_prepared_statements=0",
        "pool_mode=statement"
      })
  void everyEntryPoint_refusesIt_andLeavesNothing(String settings) throws SQLException {
    PgBouncer pooler = poolers.start(settings);
    if (settings.contains("round_robin")) {
      poolers.fill(pooler, 2);
    }
    PersistenceConfig config = poolers.through(pooler);
    List<ThrowingCallable> entries =
        List.of(
            () -> Persistence.schemaOf(config).migrate(),
            () -> Persistence.schemaOf(config).status(),
            () -> Persistence.schemaOf(config).migrationSql(),
            () -> Persistence.open(config).close(),
            () -> new PostgresProvider().connect(config).close());

    entries.forEach(TransactionPoolerTest::assertRefused);

    assertThat(poolers.locks()).isZero();
    assertThat(Persistence.schemaOf(poolers.direct()).migrate().isCurrent()).isTrue();
    assertRefused(() -> Persistence.open(config).close());
    try (Connection other = poolers.connect(pooler)) {
      for (int i = 0; i < 4; i++) {
        assertThat(Poolers.ask(other, "SHOW enable_seqscan")).isEqualTo("on");
        assertThat(Poolers.ask(other, "SHOW search_path")).isEqualTo("\"$user\", public");
        assertThat(Poolers.ask(other, "SELECT count(*) FROM pg_prepared_statements"))
            .isEqualTo("0");
      }
    }
  }

  private static void assertRefused(ThrowingCallable entry) {
    assertThatThrownBy(entry)
        .isInstanceOfSatisfying(
            BackendFailureException.class,
            failure -> assertThat(failure.retry()).isEqualTo(Retry.NEVER))
        .hasMessageContaining("pool_mode = transaction")
        .hasMessageContaining("use its session mode, or connect to the server");
  }

  /** As behind a balancer: no session is ever seen on two connections. */
  @Test
  void connections_throughDifferentPoolers_areRecognizedByWhatTheyKeep() throws SQLException {
    assertThat(PostgresSessions.areKept(inTurn("pool_mode=transaction"))).isFalse();
    assertThat(PostgresSessions.areKept(inTurn("pool_mode=session"))).isTrue();
  }

  private PGSimpleDataSource inTurn(String settings) {
    List<PgBouncer> both = List.of(poolers.start(settings), poolers.start(settings));
    AtomicInteger next = new AtomicInteger();
    return new PGSimpleDataSource() {
      @Override
      public Connection getConnection() throws SQLException {
        return poolers.connect(both.get(next.getAndIncrement() % 2));
      }
    };
  }

  @Test
  void calls_throughAPoolerWhoseModeWasChanged_nameIt() throws IOException {
    PgBouncer pooler = poolers.start("pool_mode=session");
    Persistence.schemaOf(poolers.through(pooler)).migrate();
    try (Persistence persistence = Persistence.open(poolers.through(pooler))) {
      change(pooler, "pool_mode=transaction,max_prepared_statements=0");

      PersistenceException failure =
          await().until(() -> failure(persistence), Optional::isPresent).orElseThrow();

      assertThat(failure)
          .hasMessageContaining("a pooler gives one session of the server to several connections");
    }
  }

  /** As PgBouncer is by default, it hides what would fail. */
  @Test
  void check_throughAPoolerWhoseModeWasChanged_reportsIt() throws IOException {
    PgBouncer pooler = poolers.start("pool_mode=session");
    Persistence.schemaOf(poolers.through(pooler)).migrate();
    try (Persistence persistence = Persistence.open(poolers.through(pooler))) {
      assertThat(persistence.check().status()).isNotEqualTo(Status.FAILURE);

      change(pooler, "pool_mode=transaction");

      assertThat(persistence.check().findings())
          .filteredOn(finding -> finding.status() == Status.FAILURE)
          .extracting(Finding::detail)
          .anyMatch(detail -> detail.contains("pool_mode = transaction"));
    }
  }

  private static void change(PgBouncer pooler, String settings) throws IOException {
    pooler.kill();
    pooler.configure(Poolers.settings(settings));
    pooler.restart();
  }

  /** What the prepared statements of several connections do to each other in one session. */
  private static Optional<PersistenceException> failure(Persistence persistence) {
    return Concurrently.run(
            4, thread -> persistence.namespaces().find(NamespaceId.create()).isPresent())
        .failures()
        .stream()
        .filter(PersistenceException.class::isInstance)
        .map(PersistenceException.class::cast)
        .filter(failure -> failure.getMessage().contains("prepared statement"))
        .findFirst();
  }
}
