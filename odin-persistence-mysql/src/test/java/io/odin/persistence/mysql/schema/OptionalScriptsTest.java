package io.odin.persistence.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.tck.harness.Concurrently;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The scripts of Schemas/MySQL/optional do what they say. */
class OptionalScriptsTest {

  private static final String PASSWORD = "Tried-1";
  private static final String DROP_USERS =
      "DROP USER IF EXISTS odin_test_app, odin_test_readonly, odin_app, odin_readonly,"
          + " odin_migrator";
  private static final String EVENT =
      """
      INSERT INTO history_events (namespace_id, workflow_id, run_id, event_id, event_type)
      VALUES ('shop', 'order', 'run', 1, 'Started')\
      """;

  private static void run(SchemaDatabase database, String script) {
    database.execute(SchemaScript.of("optional/" + script).statements());
  }

  private static void makeRoles(SchemaDatabase database) {
    database.onTheServer(DROP_USERS);
    run(database, "roles.sql");
    run(database, "roles.sql");
    for (String role : List.of("app", "readonly")) {
      database.onTheServer(
          "CREATE USER odin_test_%1$s IDENTIFIED BY '%2$s' DEFAULT ROLE odin_%1$s"
              .formatted(role, PASSWORD),
          "GRANT odin_%1$s TO odin_test_%1$s".formatted(role));
    }
  }

  @Test
  void repairOfClosedRuns_endsWhatDisagreesWithThem() {
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      database.execute(
          List.of(
              """
              INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                               shard_id, started_at, completed_at)
              VALUES ('shop', 'closed', 'run', 'Order', 'orders', 'completed', 1, '2026-01-01', '2026-01-01 00:00:01.0009'),
                     ('shop', 'open', 'run', 'Order', 'orders', 'running', 1, '2026-01-01', NULL)\
              """,
              """
              INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                              start_time, execution_time, version)
              SELECT namespace_id, workflow_id, run_id, 'Another', task_queue, 'running', started_at, started_at, 1
                FROM workflow_executions\
              """,
              """
              INSERT INTO workflow_timers (namespace_id, workflow_id, run_id, timer_id, fire_at, shard_id)
              SELECT namespace_id, workflow_id, run_id, 'left', started_at, shard_id FROM workflow_executions\
              """));

      run(database, "repair_closed_runs.sql");
      run(database, "repair_closed_runs.sql");

      assertThat(count(database, "workflow_timers WHERE workflow_id = 'open'")).isEqualTo("1");
      assertThat(count(database, "workflow_timers")).isEqualTo("1");
      assertThat(
              count(
                  database,
                  "visibility_records WHERE workflow_id = 'closed' AND workflow_state = 'completed'"
                      + " AND workflow_type = 'Order' AND execution_duration_ms = 1000"
                      + " AND close_time = '2026-01-01 00:00:01.0009'"))
          .isEqualTo("1");
      assertThat(
              count(
                  database,
                  "visibility_records WHERE workflow_id = 'open' AND workflow_type = 'Another'"))
          .isEqualTo("1");
    }
  }

  private static String count(SchemaDatabase database, String rows) {
    return database.column("SELECT count(*) FROM " + rows).getFirst();
  }

  @Test
  void roles_grantWhatEachNeedsAndNoMore() {
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      makeRoles(database);

      assertThatCode(
              as(
                  database,
                  "app",
                  EVENT,
                  EVENT + " ON DUPLICATE KEY UPDATE namespace_id = namespace_id",
                  "DELETE FROM history_events",
                  "CALL get_next_task('shop', 'orders', 'workflow', 'worker', 60)",
                  "INSERT INTO task_id_sequence () VALUES ()",
                  "DELETE FROM task_id_sequence WHERE block_id = LAST_INSERT_ID()"))
          .doesNotThrowAnyException();
      for (String refused :
          List.of(
              "UPDATE history_events SET event_data = '{}'",
              "UPDATE odin_schema SET version = 2",
              "DROP TABLE workflow_tags",
              "CREATE TABLE another (id int)")) {
        assertThatThrownBy(as(database, "app", refused)).hasMessageContaining("denied");
      }

      assertThatCode(
              as(
                  database,
                  "readonly",
                  "SELECT * FROM visibility_records",
                  "SELECT task_queue_name, COUNT(*) FROM task_queues GROUP BY task_queue_name",
                  "SELECT odin_shard_count()"))
          .doesNotThrowAnyException();
      for (String refused :
          List.of(
              "SELECT task_data FROM task_queues",
              "SELECT task_bytes FROM task_queues",
              "SELECT * FROM history_events",
              "SELECT processlist_info FROM performance_schema.threads",
              "SELECT sql_text FROM performance_schema.events_statements_current",
              "DELETE FROM workflow_tags")) {
        assertThatThrownBy(as(database, "readonly", refused)).hasMessageContaining("denied");
      }
      database.onTheServer(DROP_USERS);
    }
  }

  @Test
  void roles_letReadersMonitorAndProgramsLookAtTheirHealth() throws IOException {
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      makeRoles(database);
      List<String> queries = SchemasReadmeTest.monitoringQueries();
      assertThat(queries).hasSizeGreaterThan(8);

      for (String query : queries) {
        assertThatCode(as(database, "readonly", query)).as(query).doesNotThrowAnyException();
      }
      assertThat(failures(database, "app")).isEmpty();
      assertThat(failures(database, "readonly")).containsExactly("write-ability");
      database.onTheServer(DROP_USERS);
    }
  }

  /** What no grant prevents is ended, and named meanwhile. */
  @Test
  void aReaderThatLocksRows_isNamedAndEnded() throws SQLException {
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      makeRoles(database);
      PersistenceConfig config =
          PersistenceConfig.builder(database.url())
              .credentials("odin_test_app", PASSWORD)
              .lockTimeout(Duration.ofSeconds(20))
              .build();
      try (Persistence persistence = Persistence.open(config);
          Connection reader =
              DriverManager.getConnection(database.url(), "odin_test_readonly", PASSWORD);
          Statement statement = reader.createStatement()) {
        reader.setAutoCommit(false);
        statement.execute("SELECT * FROM history_shards FOR SHARE");
        Future<ShardAcquisition> acquired =
            Concurrently.start(
                () -> persistence.shards().acquire(3, "engine", Duration.ofMinutes(1)));
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () -> {
                  Finding locks = finding(persistence, "lock waits");
                  assertThat(locks.status()).isEqualTo(Status.WARNING);
                  assertThat(locks.detail()).contains("1 sessions wait for", "odin_test_readonly");
                  assertThat(locks.advice()).contains("KILL ");
                });

        run(database, "end_long_readers.sql");

        assertThat(Concurrently.resultOf(acquired)).isInstanceOf(ShardAcquisition.Acquired.class);
        assertThat(finding(persistence, "lock waits").status()).isEqualTo(Status.OK);
        assertThatThrownBy(reader::commit).isInstanceOf(SQLException.class);
        reader.abort(Runnable::run);
      }
      database.onTheServer(DROP_USERS);
    }
  }

  /** Of every table in turn. */
  @Test
  void aMissingPrivilege_isNamed() {
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      makeRoles(database);
      List<String> tables =
          database.column(
              """
              SELECT table_name FROM mysql.tables_priv
               WHERE user = 'odin_app' AND db = DATABASE() AND FIND_IN_SET('Insert', table_priv) > 0
                 AND table_name <> 'namespace_change_counter'\
              """);
      assertThat(tables).hasSizeGreaterThan(20);
      PersistenceConfig app =
          PersistenceConfig.builder(database.url()).credentials("odin_test_app", PASSWORD).build();
      try (Persistence persistence = Persistence.open(app)) {
        assertThat(finding(persistence, "write-ability").status()).isEqualTo(Status.OK);
        for (String table : tables) {
          database.execute(List.of("REVOKE INSERT ON %s FROM odin_app".formatted(table)));

          Finding found = finding(persistence, "write-ability");

          assertThat(found.status()).as(table).isEqualTo(Status.FAILURE);
          assertThat(found.detail()).contains("INSERT").contains(table);
          database.execute(List.of("GRANT INSERT ON %s TO odin_app".formatted(table)));
        }
      }
      database.onTheServer(DROP_USERS);
    }
  }

  private static Finding finding(Persistence persistence, String name) {
    return persistence.check().findings().stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> failures(SchemaDatabase database, String role) {
    PersistenceConfig config =
        PersistenceConfig.builder(database.url())
            .credentials("odin_test_" + role, PASSWORD)
            .build();
    try (Persistence persistence = Persistence.open(config)) {
      return persistence.check().findings().stream()
          .filter(finding -> finding.status() == Status.FAILURE)
          .map(Finding::name)
          .toList();
    }
  }

  private static ThrowingCallable as(SchemaDatabase database, String role, String... statements) {
    return () -> database.executeAs("odin_test_" + role, PASSWORD, List.of(statements));
  }

  @Test
  void partitioningByNamespace_keepsTheEvents() {
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      database.execute(List.of(EVENT));

      run(database, "partitioning_hash_by_namespace.sql");

      assertThat(database.column("SELECT event_type FROM history_events"))
          .containsExactly("Started");
      assertThat(partitions(database)).hasSize(16);
      assertThatThrownBy(() -> database.execute(List.of(EVENT)))
          .hasMessageContaining("Duplicate entry");
    }
  }

  @Test
  void partitioningByTime_makesMonthsAndDropsThoseThatNoRunNeeds() {
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      run(database, "partitioning_range_by_time.sql");
      List<String> partitions = partitions(database);
      assertThat(partitions).hasSize(5).contains("later");
      String thisMonth = database.column("SELECT DATE_FORMAT(UTC_DATE(), 'p%Y%m')").getFirst();
      database.execute(
          List.of(
              EVENT,
              """
              INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, shard_id)
              VALUES ('shop', 'order', 'run', 'Order', 'orders', 1)\
              """));
      String drop = "CALL odin_drop_history_partition('%s')".formatted(thisMonth);

      assertThatThrownBy(() -> database.execute(List.of(drop)))
          .hasMessageContaining("holds events of runs that still exist");
      database.execute(List.of("DELETE FROM workflow_executions", drop));

      assertThat(database.column("SELECT event_id FROM history_events")).isEmpty();
      assertThat(partitions(database)).doesNotContain(thisMonth).hasSize(4);
      assertThat(database.column("CALL odin_add_history_partitions(4)")).containsExactly("1");
      assertThatThrownBy(
              () -> database.execute(List.of("CALL odin_drop_history_partition('later')")))
          .hasMessageContaining("is not a monthly partition");
    }
  }

  private static List<String> partitions(SchemaDatabase database) {
    return database.column(
        """
        SELECT partition_name FROM information_schema.partitions
         WHERE table_schema = DATABASE() AND table_name = 'history_events'\
        """);
  }
}
