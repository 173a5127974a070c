package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.schema.SchemaStatus;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.value.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What opens, what does not, and what the health check says (SE-09). */
class OpeningTest {

  @Test
  void open_findsTheBackendByUrlAndByName() {
    try (MySqlTckDatabase database = TestMySql.database()) {
      PersistenceConfig byUrl = database.config();
      PersistenceConfig byName = byUrl.toBuilder().backend("mysql").build();
      Persistence.schemaOf(byUrl).migrate();

      try (Persistence first = Persistence.open(byUrl);
          Persistence second = Persistence.open(byName)) {
        assertThat(first.backend()).isEqualTo("mysql");
        assertThat(second.backend()).isEqualTo("mysql");
        assertThat(first.check().status()).isNotEqualTo(Status.FAILURE);
      }
    }
  }

  @Test
  void migrate_again_changesNothing() {
    try (MySqlTckDatabase database = TestMySql.database()) {
      SchemaStatus first = Persistence.schemaOf(database.config()).migrate();
      SchemaStatus second = Persistence.schemaOf(database.config()).migrate();

      assertThat(first.isCurrent()).isTrue();
      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void status_afterAMigrationThatBrokeOff_listsWhatIsMissing() {
    try (MySqlTckDatabase database = TestMySql.database()) {
      Schema schema = Persistence.schemaOf(database.config());
      schema.migrate();
      database.execute(
          "DELETE FROM odin_schema", "DELETE FROM DATABASECHANGELOG WHERE id >= '07_timers'");

      SchemaStatus status = schema.status();

      assertThat(status.installedVersion()).isEmpty();
      assertThat(status.pendingChanges()).startsWith("07_timers").endsWith("10_functions");
      assertThat(schema.migrate().isCurrent()).isTrue();
    }
  }

  @Test
  void migrate_whereAViewHasTheNameOfATable_saysSoAndSucceedsWithoutIt() {
    try (MySqlTckDatabase database = TestMySql.database()) {
      Schema schema = Persistence.schemaOf(database.config());
      database.execute("CREATE VIEW task_queues AS SELECT 1 AS one");

      assertThatThrownBy(schema::migrate)
          .isInstanceOf(BackendFailureException.class)
          .hasMessageContaining("task_queues is there already, and is not a table of Odin");
      assertThat(schema.status().isCurrent()).isFalse();

      database.execute("DROP VIEW task_queues");
      assertThat(schema.migrate().isCurrent()).isTrue();
    }
  }

  /** Many managed servers make no functions and no triggers; the stores need none. */
  @Test
  void open_whereRoutinesAreMissing_worksAndSaysSo() {
    try (MySqlTckDatabase database = TestMySql.database()) {
      Persistence.schemaOf(database.config()).migrate();
      database.execute("DROP FUNCTION calculate_shard_id");

      try (Persistence persistence = Persistence.open(database.config())) {
        assertThat(finding(persistence, "routines").status()).isEqualTo(Status.WARNING);
        assertThat(finding(persistence, "max_allowed_packet").status()).isEqualTo(Status.OK);
        assertThat(finding(persistence, "collation of ids").status()).isEqualTo(Status.OK);
      }
    }
  }

  @Test
  void migrate_whereTriggersAndFunctionsAreRefused_succeedsAndTheStoresWork() {
    try (MySqlTckDatabase database = TestMySql.database()) {
      TestMySql.execute("SET GLOBAL log_bin_trust_function_creators = OFF");
      RunKey run = RunKey.create(NamespaceId.create(), "order-1");
      TaskQueue queue = new TaskQueue(run.namespace(), "orders", TaskType.ACTIVITY);

      assertThat(Persistence.schemaOf(database.config()).migrate().isCurrent()).isTrue();

      try (Persistence persistence = Persistence.open(database.config())) {
        assertThat(finding(persistence, "routines").status()).isEqualTo(Status.WARNING);
        persistence.namespaces().create(run.namespace(), "orders", NamespaceSettings.defaults());
        persistence.taskQueues().enqueue(NewTask.of(queue, run, Json.emptyObject()));
        assertThat(persistence.taskQueues().depth(queue).ready()).isEqualTo(1);
      }
    }
  }

  private static Finding finding(Persistence persistence, String name) {
    HealthReport report = persistence.check();
    return report.findings().stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void open_withAUrlThatOverridesTheBackend_isRefused() {
    try (MySqlTckDatabase database = TestMySql.database()) {
      PersistenceConfig config =
          PersistenceConfig.builder(database.config().url() + "&useAffectedRows=false")
              .credentials(database.config().credentials())
              .build();

      assertThatThrownBy(() -> Persistence.schemaOf(config).migrate())
          .isInstanceOf(BackendFailureException.class)
          .hasMessageContaining("useAffectedRows");
    }
  }

  @Test
  void open_withAUrlThatNamesNoDatabase_isRefused() {
    try (MySqlTckDatabase database = TestMySql.database()) {
      PersistenceConfig config =
          PersistenceConfig.builder(TestMySql.url(""))
              .credentials(database.config().credentials())
              .build();

      assertThatThrownBy(() -> Persistence.open(config))
          .isInstanceOf(BackendFailureException.class)
          .hasMessageContaining("the URL names no database");
      assertThatThrownBy(() -> Persistence.schemaOf(config).migrate())
          .hasMessageContaining("the URL names no database");
    }
  }

  @Test
  void open_ofAServerThatTakesNoConnections_failsInTime() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket();
        Socket second = new Socket()) {
      first.connect(full.getLocalSocketAddress());
      second.connect(full.getLocalSocketAddress());
      PersistenceConfig config =
          PersistenceConfig.builder("jdbc:mysql://127.0.0.1:" + full.getLocalPort() + "/odin")
              .connectionTimeout(Duration.ofSeconds(1))
              .build();

      Future<UnavailableException> failure =
          Concurrently.start(
              () ->
                  catchThrowableOfType(UnavailableException.class, () -> Persistence.open(config)));

      await().atMost(Duration.ofSeconds(15)).until(failure::isDone);
      assertThat(Concurrently.resultOf(failure).reason()).isEqualTo(Reason.CONNECTION);
    }
  }

  @Test
  void requirements_refuseMariaDbAndOldServers() {
    assertThat(MySqlRequirements.serverRefusal("8.0.19")).isEmpty();
    assertThat(MySqlRequirements.serverRefusal("8.0.36-0ubuntu0.22.04.1")).isEmpty();
    assertThat(MySqlRequirements.serverRefusal("8.4.3-3 Percona")).isEmpty();
    assertThat(MySqlRequirements.serverRefusal("9.7.4-2")).isEmpty();
    assertThat(MySqlRequirements.serverRefusal("8.0.18").orElseThrow())
        .contains("8.0.18", "8.0.19 or later");
    assertThat(MySqlRequirements.serverRefusal("5.7.44-log").orElseThrow()).contains("5.7.44");
    assertThat(MySqlRequirements.serverRefusal("11.8.6-MariaDB-0+deb13u1").orElseThrow())
        .contains("this is MariaDB (11.8.6-MariaDB-0+deb13u1)", "not MySQL");
    assertThat(MySqlRequirements.serverRefusal("5.5.5-10.11.18-MariaDB-0+deb12u1").orElseThrow())
        .contains("this is MariaDB (10.11.18-MariaDB-0+deb12u1)", "not MySQL");
  }
}
