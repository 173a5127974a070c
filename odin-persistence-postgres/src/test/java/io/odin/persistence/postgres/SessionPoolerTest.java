package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.servers.PgBouncer;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Concurrently;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A PgBouncer that leaves a session to a client until it disconnects. */
class SessionPoolerTest {

  private static final String KEEPS_ALL = "pool_mode=session,server_reset_query=";

  private final Poolers poolers = Poolers.beforeNewDatabase();

  @AfterEach
  void close() {
    poolers.close();
  }

  /** Its sessions stay, and as this one is configured, so does what a client leaves in them. */
  @Test
  void migrate_givesBackTheLockThatThePoolersSessionWouldKeep() {
    PgBouncer pooler = poolers.start(KEEPS_ALL);

    for (int i = 0; i < 2; i++) {
      assertThat(Persistence.schemaOf(poolers.through(pooler)).migrate().isCurrent()).isTrue();

      assertThat(poolers.database().sessions()).isPositive();
      assertThat(poolers.locks()).isZero();
    }
    assertThat(Persistence.schemaOf(poolers.direct()).migrate().isCurrent()).isTrue();
  }

  @Test
  void everything_worksThroughIt() {
    PgBouncer pooler = poolers.start("pool_mode=session");
    Persistence.schemaOf(poolers.through(pooler)).migrate();
    try (Persistence persistence = Persistence.open(poolers.through(pooler))) {
      BasicOperations operations = new BasicOperations(persistence);
      RunKey run = operations.runToItsEnd();
      operations.delete(run);

      assertThat(persistence.check().findings())
          .filteredOn(finding -> finding.status() == Status.FAILURE)
          .isEmpty();
    }
  }

  @Test
  void settings_doNotReachTheNextClient() throws SQLException {
    PgBouncer pooler = poolers.start("pool_mode=session");
    Persistence.schemaOf(poolers.through(pooler)).migrate();
    try (Persistence persistence = Persistence.open(poolers.through(pooler))) {
      persistence.check();
    }
    int sessions = poolers.database().sessions();
    assertThat(sessions).isPositive();

    List<Connection> others = new ArrayList<>();
    try {
      for (int i = 0; i < sessions; i++) {
        Connection other = poolers.connect(pooler);
        others.add(other);
        assertThat(Poolers.ask(other, "SHOW enable_seqscan")).isEqualTo("on");
        assertThat(Poolers.ask(other, "SHOW plan_cache_mode")).isEqualTo("auto");
        assertThat(Poolers.ask(other, "SHOW search_path")).isEqualTo("\"$user\", public");
        assertThat(Poolers.ask(other, "SHOW statement_timeout")).isEqualTo("0");
        assertThat(Poolers.ask(other, "SELECT count(*) FROM pg_prepared_statements"))
            .isEqualTo("0");
      }
      assertThat(poolers.database().sessions()).as("the same ones").isEqualTo(sessions);
    } finally {
      for (Connection other : others) {
        other.close();
      }
    }
  }

  @Test
  void migrate_whileAClientOfThePoolerDoes_namesItAndEnds() throws SQLException {
    PgBouncer pooler = poolers.start("pool_mode=session");
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    try (Connection other = poolers.connect(pooler)) {
      Poolers.ask(other, "SELECT pg_advisory_lock(1329875278)");
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));

      UnavailableException failure =
          catchThrowableOfType(
              UnavailableException.class,
              () -> Persistence.schemaOf(poolers.through(pooler)).migrate());

      assertThat(failure.reason()).isEqualTo(Reason.LOCK_TIMEOUT);
      assertThat(failure)
          .hasMessageContaining("another process migrates this database")
          .hasMessageContaining("(another)");
      assertThat(log.toString(StandardCharsets.UTF_8))
          .contains("The migration waits for another one")
          .contains("(another)");
    } finally {
      System.setErr(before);
    }
    assertThat(Persistence.schemaOf(poolers.through(pooler)).migrate().isCurrent()).isTrue();
  }

  @Test
  void calls_whileThePoolerIsDown_areUnavailable_andSucceedAfterwards() throws IOException {
    PgBouncer pooler = poolers.start("pool_mode=session");
    Persistence.schemaOf(poolers.direct()).migrate();
    NamespaceId id = NamespaceId.create();
    try (Persistence persistence = Persistence.open(poolers.through(pooler))) {
      assertThat(persistence.namespaces().find(id)).isEmpty();

      pooler.kill();

      assertUnavailable(() -> persistence.namespaces().find(id));
      assertUnavailable(() -> create(persistence, id));
      assertThat(persistence.check().findings().getFirst().detail())
          .contains("the database cannot be reached");
      assertThatThrownBy(() -> Persistence.open(poolers.through(pooler)))
          .isInstanceOf(UnavailableException.class);

      pooler.restart();

      await()
          .ignoreExceptionsInstanceOf(UnavailableException.class)
          .until(() -> persistence.namespaces().find(id).isEmpty());
      create(persistence, id);
      assertThat(persistence.namespaces().find(id)).isPresent();
    }
  }

  private static void create(Persistence persistence, NamespaceId id) {
    persistence.namespaces().create(id, "orders", NamespaceSettings.defaults());
  }

  private static void assertUnavailable(Runnable call) {
    UnavailableException failure = catchThrowableOfType(UnavailableException.class, call::run);
    assertThat(failure).isNotNull();
    assertThat(failure.reason()).isEqualTo(Reason.CONNECTION);
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
  }

  /** Nothing of a transaction stays that was not committed. */
  @Test
  void transaction_whosePoolerEnds_isNotApplied() throws Exception {
    PgBouncer pooler = poolers.start("pool_mode=session");
    Persistence.schemaOf(poolers.direct()).migrate();
    NamespaceId id = NamespaceId.create();
    try (Persistence persistence = Persistence.open(poolers.through(pooler))) {
      PersistenceException failure =
          failureWithout(pooler, "namespaces", () -> create(persistence, id));

      assertThat(failure).isInstanceOf(UnavailableException.class);
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(poolers.database().value("SELECT count(*)::int FROM namespaces", Integer.class))
          .isZero();
      await()
          .ignoreExceptionsInstanceOf(UnavailableException.class)
          .untilAsserted(() -> create(persistence, id));
      assertThat(persistence.namespaces().find(id)).isPresent();
    }
  }

  /** The server goes on with a statement whose client was disconnected. */
  @Test
  void statement_whosePoolerEnds_hasAnUnknownOutcome_andIsRepeated() throws Exception {
    PgBouncer pooler = poolers.start("pool_mode=session");
    Persistence.schemaOf(poolers.direct()).migrate();
    try (Persistence persistence = Persistence.open(poolers.through(pooler))) {
      ShardAcquisition acquired =
          persistence.shards().acquire(1, "engine-a", Duration.ofMinutes(5));
      ShardLease lease = ((ShardAcquisition.Acquired) acquired).lease();

      PersistenceException failure =
          failureWithout(pooler, "history_shards", () -> persistence.shards().release(lease));

      assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
      await().until(() -> ownerOf(1).isEmpty());
      await()
          .ignoreExceptionsInstanceOf(UnavailableException.class)
          .untilAsserted(() -> persistence.shards().release(lease));
    }
  }

  /** The owner of a shard as the server has it. */
  private List<String> ownerOf(int shard) {
    return poolers
        .database()
        .lines(
            "SELECT owner_identity FROM history_shards WHERE owner_identity IS NOT NULL AND"
                + " shard_id = "
                + shard);
  }

  /** What a write throws whose pooler ends while the server waits for a table's lock. */
  private PersistenceException failureWithout(PgBouncer pooler, String table, Runnable write)
      throws Exception {
    try (Connection blocker = poolers.database().connect();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE " + table + " IN SHARE MODE");
      Future<Boolean> result =
          Concurrently.start(
              () -> {
                write.run();
                return true;
              });
      await().until(() -> poolers.database().waitingForLocks() == 1);
      pooler.kill();
      PersistenceException failure =
          catchThrowableOfType(PersistenceException.class, () -> Concurrently.resultOf(result));
      blocker.rollback();
      await().until(() -> poolers.database().waitingForLocks() == 0);
      pooler.restart();
      return failure;
    }
  }

  @Test
  void open_throughAPoolerThatRefusesAParameter_saysWhatToDo() {
    PgBouncer pooler = poolers.start("pool_mode=session");
    PersistenceConfig config = poolers.through(pooler);
    String url = config.url() + "?options=-c%20work_mem=8MB";

    assertThatThrownBy(
            () ->
                Persistence.open(PersistenceConfig.builder(url).credentials("worker", "").build()))
        .isInstanceOf(BackendFailureException.class)
        .hasMessageContaining("work_mem")
        .hasMessageContaining("ignore_startup_parameters");
  }
}
