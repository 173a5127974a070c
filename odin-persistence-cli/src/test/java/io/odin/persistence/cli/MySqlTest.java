package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.odin.persistence.cli.report.MonitoringQuery;
import io.odin.persistence.servers.DatabaseProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on databases of MySQL. */
class MySqlTest {

  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(DatabaseProduct.MYSQL);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theDemoLosesNothingAndDoesNothingTwice() {
    CommandResult result =
        CommandResult.of("demo", "--backend", "mysql", "--workflows", "30", "--workers", "2");

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("backend         mysql")
        .contains("lost: 0, done twice: 0")
        .contains("Shard distribution")
        .contains("Visibility, by query");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void theDemoMigratesAnEmptyDatabaseAndGivesBackWhatItTook() throws Exception {
    String url = server.emptyDatabase();

    CommandResult result =
        server.on(url, "demo", "--workflows", "5", "--workers", "1", "--shards", "4", "--json");

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    JsonNode audit = new ObjectMapper().readTree(result.out()).get("audit");
    assertThat(audit.get("lost").asInt() + audit.get("doneTwice").asInt()).isZero();
    assertThat(audit.get("orders").asInt()).isEqualTo(5 + 2);
    assertThat(audit.get("archivedRuns").asInt()).isEqualTo(5);
    for (String left :
        List.of(
            "history_shards WHERE owner_identity IS NOT NULL",
            "namespaces WHERE history_archival_enabled",
            "workflow_signals WHERE NOT processed")) {
      assertThat(server.ask(url, "SELECT COUNT(*) FROM " + left)).as(left).isEqualTo("0");
    }
  }

  @Test
  void schemaCommandsBringADatabaseUpToDate() throws Exception {
    String url = server.emptyDatabase();
    CommandResult empty = server.on(url, "schema", "status");
    assertThat(empty.exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);
    assertThat(empty.out()).contains("none, version 1 needed").contains("pending");

    CommandResult migrated = server.on(url, "schema", "migrate");

    assertThat(migrated.err()).isEmpty();
    assertThat(migrated.out()).contains("applied").contains("version 1, current");
    assertThat(server.on(url, "schema", "migrate").out()).doesNotContain("applied");
    assertThat(server.on(url, "schema", "status").exitCode()).isZero();
  }

  @Test
  void aDatabaseOrALoginThatIsNotThereIsToldInOneLine() throws Exception {
    server.on(server.url("nowhere"), "demo").fails("create the database first");
    server.on(server.url("nowhere"), "schema", "migrate").fails("create the database first");
    server.execute(server.url(), "CREATE USER locked IDENTIFIED BY 'right-password'");
    CommandResult.of(
            "schema",
            "status",
            "--url",
            server.url("mysql"),
            "--user",
            "locked",
            "--password",
            "wrong-password")
        .fails("check --user, and --password or ODIN_PASSWORD");
  }

  @Test
  void theDoctorSaysWhatIsWrongAndWhatToDo() throws Exception {
    String url = server.emptyDatabase();
    CommandResult empty = server.on(url, "doctor");
    assertThat(empty.out()).contains("schema version is not there, expected 1");
    assertThat(empty.exitCode()).isEqualTo(Odin.FAILURE);
    assertThat(server.on(url, "schema", "migrate", "--shards", "2").exitCode()).isZero();

    CommandResult result = server.on(url, "doctor", "--shards", "2");

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("of 2 shards 2 have no owner")
        .contains("innodb_flush_log_at_trx_commit")
        .contains("routines")
        .contains("failures: 0, warnings: ");
  }

  @Test
  void theMonitorShowsEveryQuery() throws Exception {
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate").exitCode()).isZero();
    addRuns(url, false);

    CommandResult text = server.on(url, "monitor", "--once");
    CommandResult json = server.on(url, "monitor", "--once", "--json");

    assertThat(text.err() + json.err()).isEmpty();
    JsonNode document = new ObjectMapper().readTree(json.out());
    for (MonitoringQuery query : MonitoringQuery.of("mysql")) {
      assertThat(text.out()).contains(query.title() + "\n");
      assertThat(document.get(query.resource()).isArray()).as(query.resource()).isTrue();
    }
    assertThat(document.at("/unowned-shards/0/unowned_shards").asInt()).isEqualTo(512);
    assertThat(document.at("/workflows-by-state/0/count").asInt()).isEqualTo(10);
  }

  @Test
  void retentionArchivesAndDeletesWhatIsExpiredAndNothingElse(@TempDir Path archive)
      throws Exception {
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate", "--shards", "4").exitCode()).isZero();
    addRuns(url, true);
    String[] command = {"retention", "run", "--shards", "4", "--archive", archive.toString()};

    CommandResult result = server.on(url, command);

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("deleted: 5 runs");
    assertThat(server.ask(url, "SELECT COUNT(*) FROM workflow_executions")).isEqualTo("5");
    assertThat(
            server.ask(url, "SELECT COUNT(*) FROM history_shards WHERE owner_identity IS NOT NULL"))
        .isEqualTo("0");
    try (Stream<Path> files = Files.walk(archive)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(5);
    }
  }

  /** Five runs that ended long ago, and five that have just ended. */
  private static void addRuns(String url, boolean archival) throws SQLException {
    server.execute(
        url,
        "INSERT INTO namespaces (namespace_name, retention_days, history_archival_enabled)"
            + " VALUES ('shop', 30, %s)".formatted(archival));
    server.execute(
        url,
        """
        INSERT INTO workflow_executions (namespace_id, workflow_id, workflow_type, task_queue, workflow_state, shard_id,
                                         completed_at)
        WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 10)
        SELECT namespace_id, CONCAT('order-', n), 'OrderWorkflow', 'orders', 'completed',
               calculate_shard_id(CONCAT('order-', n), odin_shard_count()), UTC_TIMESTAMP(6) - INTERVAL n % 2 * 99 DAY
        FROM numbers, namespaces\
        """);
  }
}
