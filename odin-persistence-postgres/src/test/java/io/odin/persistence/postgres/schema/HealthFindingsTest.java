package io.odin.persistence.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.tck.harness.Concurrently;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the health check finds on this database only, and what it says that it cannot see. */
class HealthFindingsTest {

  private PostgresTckDatabase database = TestPostgres.V18.database();

  @BeforeEach
  void install() {
    SchemaScript.INIT.runOverJdbc(database);
    OdinRoles.grant(database.config());
  }

  @AfterEach
  void drop() {
    database.close();
    OdinRoles.drop(database.server());
  }

  private void on(TestPostgres version) {
    drop();
    database = version.database();
    install();
  }

  private PersistenceConfig app() {
    return OdinRoles.ODIN_APP.as(database.config());
  }

  private static Finding finding(Persistence persistence, String name) {
    return persistence.check().findings().stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Finding asApp(String name) {
    try (Persistence persistence = Persistence.open(app())) {
      return finding(persistence, name);
    }
  }

  @ParameterizedTest
  @EnumSource(TestPostgres.class)
  void whatTheAccountMayNotSee_isReportedWithTheGrantThatShowsIt(TestPostgres version)
      throws SQLException {
    on(version);
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT 1");

      Finding unseen = asApp("old snapshots");

      assertThat(unseen.status()).isEqualTo(Status.WARNING);
      assertThat(unseen.detail()).startsWith("not seen: ").endsWith(" sessions of other accounts");
      assertThat(unseen.advice()).contains("GRANT pg_read_all_stats TO odin_app");
      database.execute("GRANT pg_read_all_stats TO odin_app");
      assertThat(asApp("old snapshots").detail()).doesNotContain("not seen");
    }
  }

  @Test
  void whoHoldsALock_isNamed() throws SQLException {
    PersistenceConfig patient = app().toBuilder().lockTimeout(Duration.ofMinutes(1)).build();
    try (Persistence persistence = Persistence.open(patient);
        Connection holder = database.connect();
        Statement statement = holder.createStatement()) {
      assertThat(finding(persistence, "lock waits").status()).isEqualTo(Status.OK);
      holder.setAutoCommit(false);
      statement.execute("SELECT * FROM history_shards FOR UPDATE");
      Future<ShardAcquisition> acquired =
          Concurrently.start(
              () -> persistence.shards().acquire(3, "engine", Duration.ofMinutes(1)));

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                Finding locks = finding(persistence, "lock waits");
                assertThat(locks.status()).isEqualTo(Status.WARNING);
                assertThat(locks.detail()).contains("1 sessions wait for session ", "odin-tck");
                assertThat(locks.advice()).contains("pg_terminate_backend(");
              });

      holder.rollback();
      assertThat(Concurrently.resultOf(acquired)).isInstanceOf(ShardAcquisition.Acquired.class);
    }
  }

  @Test
  void whoHoldsTheLockOfMigrations_isNamed() throws SQLException {
    assertThat(asApp("migration lock").status()).isEqualTo(Status.OK);
    try (Connection holder = database.connect();
        Statement statement = holder.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(1329875278)");

      Finding lock = asApp("migration lock");

      assertThat(lock.status()).isEqualTo(Status.WARNING);
      assertThat(lock.detail()).contains("is held by session ");
      assertThat(lock.advice()).contains("pg_terminate_backend(");
    }
  }

  @Test
  void aSlotWithoutAReader_isNamed() {
    String slot = "slot_" + database.name().substring(10, 20);
    database.execute("SELECT pg_create_physical_replication_slot('%s', true)".formatted(slot));
    try {
      Finding replication = asApp("replication");

      assertThat(replication.status()).isEqualTo(Status.WARNING);
      assertThat(replication.detail()).contains("slot " + slot + " has no reader");
      assertThat(replication.advice()).contains("pg_drop_replication_slot");
    } finally {
      database.execute("SELECT pg_drop_replication_slot('%s')".formatted(slot));
    }
  }

  @Test
  void aSynchronousStandbyThatIsAway_isAFailure() {
    database.execute("GRANT pg_read_all_stats TO odin_app");
    database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = on");
    assertThat(asApp("synchronous standby").status()).isEqualTo(Status.OK);
    database.execute(
        "ALTER SYSTEM SET synchronous_commit = local",
        "ALTER SYSTEM SET synchronous_standby_names = 'not_connected'",
        "SELECT pg_reload_conf()");
    try {
      await()
          .untilAsserted(
              () -> {
                Finding standby = asApp("synchronous standby");
                assertThat(standby.status()).as(standby.toString()).isEqualTo(Status.FAILURE);
                assertThat(standby.detail()).contains("'not_connected'");
                assertThat(standby.advice()).contains("synchronous_standby_names");
              });
    } finally {
      database.execute(
          "ALTER SYSTEM RESET synchronous_standby_names",
          "ALTER SYSTEM RESET synchronous_commit",
          "SELECT pg_reload_conf()");
    }
  }

  /** Every privilege of the role, one after the other. */
  @Test
  void aMissingPrivilege_isNamed() {
    List<String> privileges =
        database.lines(
            """
            SELECT a.privilege_type || ' ON ' || CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE '' END || c.relname
              FROM pg_class AS c, aclexplode(c.relacl) AS a
             WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 'odin_app'::regrole
               AND c.relname <> 'odin_schema'\
            """);
    assertThat(privileges).hasSizeGreaterThan(80);
    try (Persistence persistence = Persistence.open(app())) {
      assertThat(finding(persistence, "write-ability").status()).isEqualTo(Status.OK);
      for (String privilege : privileges) {
        database.execute("REVOKE %s FROM odin_app".formatted(privilege));

        Finding found = finding(persistence, "write-ability");

        assertThat(found.status()).as(privilege).isEqualTo(Status.FAILURE);
        assertThat(found.detail())
            .contains(privilege.replace(" ON SEQUENCE ", " on ").replace(" ON ", " on "));
        assertThat(found.advice()).contains("optional/roles.sql");
        database.execute("GRANT %s TO odin_app".formatted(privilege));
      }
    }
  }

  /** The grants that the README prints first are not enough, and the check says what is missing. */
  @Test
  void theShortFormOfGrants_isFoundToLackTheSequence() {
    database.execute("REVOKE USAGE ON SEQUENCE task_id_sequence FROM odin_app");

    assertThat(asApp("write-ability").detail())
        .isEqualTo("the account lacks USAGE on task_id_sequence");
  }
}
