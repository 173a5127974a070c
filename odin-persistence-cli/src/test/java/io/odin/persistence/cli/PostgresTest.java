package io.odin.persistence.cli;

import static java.io.Writer.nullWriter;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.odin.persistence.cli.report.MonitoringQuery;
import io.odin.persistence.servers.DatabaseProduct;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on databases of PostgreSQL, good and bad. */
class PostgresTest {

  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(DatabaseProduct.POSTGRES);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theDemoLosesNothingAndDoesNothingTwice() {
    CommandResult result = CommandResult.of("demo", "--workflows", "30", "--workers", "2");

    assertThat(result.out())
        .contains("lost: 0, done twice: 0")
        .contains("Shard distribution")
        .contains("Visibility, by query");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void theDemoMigratesAnEmptyDatabaseAndLeavesTheNextOneAlone() throws Exception {
    String url = server.emptyDatabase();
    List<String> namespaces = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      CommandResult result =
          server.on(url, "demo", "--workflows", "5", "--workers", "1", "--shards", "4", "--json");

      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isZero();
      JsonNode report = new ObjectMapper().readTree(result.out());
      assertThat(report.at("/audit/lost").asInt()).isZero();
      assertThat(report.at("/audit/doneTwice").asInt()).isZero();
      assertThat(report.at("/audit/orders").asInt()).isEqualTo(5 + 2);
      assertThat(report.at("/audit/dueTimes").asInt()).isEqualTo(2);
      assertThat(report.at("/audit/archivedRuns").asInt()).isEqualTo(5);
      assertThat(report.at("/visibility/byStatus/0/runs").asInt()).isPositive();
      assertThat(report.at("/visibility/queries/1/runs").asInt()).isEqualTo(2);
      assertThat(report.at("/operations").isEmpty()).isFalse();
      namespaces.add(report.at("/namespace").asText());
    }
    assertThat(namespaces).doesNotHaveDuplicates();
    assertThat(
            server.ask(url, "SELECT count(*) FROM history_shards WHERE owner_identity IS NOT NULL"))
        .isEqualTo("0");
    assertThat(server.ask(url, "SELECT count(*) FROM namespaces WHERE history_archival_enabled"))
        .isEqualTo("0");
    assertThat(server.ask(url, "SELECT count(*) FROM workflow_signals WHERE NOT processed"))
        .isEqualTo("0");
  }

  @Test
  void schemaCommandsBringADatabaseUpToDate() throws Exception {
    String url = server.emptyDatabase();

    CommandResult empty = server.on(url, "schema", "status");
    assertThat(empty.exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);
    assertThat(empty.out()).contains("none, version 1 needed").contains("pending");

    CommandResult sql = server.on(url, "schema", "sql");
    assertThat(sql.exitCode()).isZero();
    assertThat(sql.out()).contains("workflow_executions");
    assertThat(server.on(url, "schema", "status").exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);

    CommandResult migrated = server.on(url, "schema", "migrate");
    assertThat(migrated.err()).isEmpty();
    assertThat(migrated.exitCode()).isZero();
    assertThat(migrated.out()).contains("applied").contains("version 1, current");

    assertThat(server.on(url, "schema", "migrate").out()).doesNotContain("applied");
    CommandResult current = server.on(url, "schema", "status", "--json");
    assertThat(current.exitCode()).isZero();
    JsonNode json = new ObjectMapper().readTree(current.out());
    assertThat(json.get("current").asBoolean()).isTrue();
    assertThat(json.get("pendingChanges").isEmpty()).isTrue();
  }

  @Test
  void aWrongPasswordIsToldInOneLine() throws Exception {
    Path rules = Path.of(server.ask(server.url(), "SHOW hba_file"));
    server.execute(server.url(), "CREATE ROLE locked LOGIN PASSWORD 'right-password'");
    Files.writeString(rules, "host all locked all scram-sha-256\n" + Files.readString(rules));
    server.execute(server.url(), "SELECT pg_reload_conf()");

    for (String command : List.of("demo", "schema status")) {
      List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.addAll(
          List.of("--url", server.url(), "--user", "locked", "--password", "wrong-password"));
      CommandResult.of(arguments.toArray(String[]::new))
          .fails("check --user, and --password or ODIN_PASSWORD");
    }
  }

  @Test
  void aHostThatIsNotThereIsToldInOneLine() {
    server.on("jdbc:postgresql://host.invalid:5432/odin", "demo").fails("no host host.invalid");
    server.on("jdbc:postgresql://host.invalid:5432/odin", "schema", "status").fails("--url");
    server
        .on("jdbc:postgresql://me:secret@host.invalid:5432/odin", "demo")
        .fails("no host host.invalid: check --url");
  }

  @Test
  void aServerThatIsNotRunningIsToldInOneLine() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    server
        .on("jdbc:postgresql://localhost:" + port + "/odin", "demo")
        .fails("is the server running");
  }

  @Test
  void aDatabaseThatIsNotThereIsToldInOneLine() {
    server.on(server.url("nowhere"), "demo").fails("create the database first");
    server.on(server.url("nowhere"), "schema", "migrate").fails("create the database first");
  }

  @Test
  void anotherShardCountIsToldInOneLine() throws Exception {
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate", "--shards", "8").exitCode()).isZero();

    server.on(url, "demo", "--shards", "16").fails("shard count is 8, expected 16");
    assertThat(server.on(url, "demo", "--shards", "8", "--workflows", "1").exitCode()).isZero();
  }

  @Test
  void anotherSchemaIsToldInOneLine() throws Exception {
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate").exitCode()).isZero();

    server.execute(url, "UPDATE odin_schema SET version = 99");
    server.on(url, "demo").fails("schema version is 99, expected 1");
    CommandResult status = server.on(url, "schema", "status");
    assertThat(status.exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);
    assertThat(status.out()).contains("newer release").doesNotContain("schema migrate");
    server.on(url, "schema", "migrate").fails("99");
  }

  @Test
  void shardsThatAreHeldByOthersAreToldInOneLine() throws Exception {
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate", "--shards", "2").exitCode()).isZero();
    server.execute(
        url,
        "UPDATE history_shards SET owner_identity = 'engine',"
            + " shard_owner_lease_expiry = now() + interval '1 hour', fence_token = 1");

    server.on(url, "demo", "--shards", "2").fails("held by another owner");
  }

  @Test
  void theDoctorSaysWhatIsWrongAndWhatToDo() throws Exception {
    String url = server.emptyDatabase();
    reports(
        server.on(url, "doctor"), "schema version is not there, expected 1  Migrate the database");
    assertThat(server.on(url, "schema", "migrate", "--shards", "2").exitCode()).isZero();

    CommandResult result = server.on(url, "doctor", "--shards", "2");

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("of 2 shards 2 have no owner")
        .contains("start an engine")
        .contains("set fsync = on")
        .contains("failures: 0, warnings: ");
    JsonNode json =
        new ObjectMapper().readTree(server.on(url, "doctor", "--shards", "2", "--json").out());
    assertThat(json.get("status").asText()).isEqualTo("warning");
    assertThat(json.get("findings").findValuesAsText("check"))
        .contains("max_connections", "old snapshots", "retention lag");
    reports(
        server.on(url, "doctor", "--shards", "4"),
        "shard count is 2, expected 4  The count is fixed");
  }

  @Test
  void theDoctorReportsADatabaseThatCannotBeOpened() throws Exception {
    reports(
        server.on(server.url("nowhere"), "doctor"),
        "there is no such database: FATAL: database \"nowhere\" does not exist  create the"
            + " database");
    reports(
        server.on("jdbc:postgresql://host.invalid:5432/odin", "doctor"), "no host host.invalid");

    CommandResult json = server.on(server.url("nowhere"), "doctor", "--json");
    assertThat(json.exitCode()).isEqualTo(Odin.FAILURE);
    assertThat(json.err()).isEmpty();
    JsonNode report = new ObjectMapper().readTree(json.out());
    assertThat(report.get("status").asText()).isEqualTo("failure");
    assertThat(report.get("findings").findValuesAsText("check")).containsExactly("opening");
  }

  private static void reports(CommandResult result, String finding) {
    assertThat(result.out()).contains(finding).contains("failures: 1, warnings: 0");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(Odin.FAILURE);
  }

  @Test
  void theMonitorShowsEveryQuery() throws Exception {
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate").exitCode()).isZero();

    CommandResult text = server.on(url, "monitor", "--once");
    CommandResult json = server.on(url, "monitor", "--once", "--json");

    assertThat(text.err() + json.err()).isEmpty();
    assertThat(text.exitCode() + json.exitCode()).isZero();
    JsonNode document = new ObjectMapper().readTree(json.out());
    for (MonitoringQuery query : MonitoringQuery.of("postgres")) {
      assertThat(text.out()).contains(query.title() + "\n");
      assertThat(document.get(query.resource()).isArray()).as(query.resource()).isTrue();
    }
    assertThat(document.at("/unowned-shards/0/unowned_shards").asInt()).isEqualTo(512);
    assertThat(json.out().lines()).hasSize(1);
    server.on(server.url("nowhere"), "monitor", "--once").fails("create the database first");
  }

  @Test
  @Timeout(60)
  void theMonitorOutlivesAFailure() throws Exception {
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate", "--shards", "1").exitCode()).isZero();
    String name = url.replaceFirst(".*/", "").replaceFirst("\\?.*", "");
    String[] command = {
      "monitor", "--json", "--every", "1", "--shards", "1", "--url", url, "--user", "postgres"
    };
    try (PipedWriter out = new PipedWriter();
        BufferedReader lines = new BufferedReader(new PipedReader(out))) {
      Thread monitor =
          Thread.ofVirtual()
              .start(() -> Odin.run(new PrintWriter(out), new PrintWriter(nullWriter()), command));
      assertThat(lines.readLine()).contains("unowned-shards").doesNotContain("failure");

      server.execute(server.url(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
      assertThat(lineWith(lines, "\"failure\":\"")).contains("not currently accepting connections");
      server.execute(server.url(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
      assertThat(lineWith(lines, "unowned-shards")).doesNotContain("failure");

      monitor.interrupt();
      monitor.join();
    }
  }

  private static String lineWith(BufferedReader lines, String text) throws IOException {
    String line = lines.readLine();
    while (!line.contains(text)) {
      line = lines.readLine();
    }
    return line;
  }

  @Test
  void retentionDeletesWhatIsExpiredAndNothingElse(@TempDir Path archive) throws Exception {
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate", "--shards", "4").exitCode()).isZero();
    addRuns(url, "shop", 40, false);
    addRuns(url, "bank", 0, true);

    CommandResult plan = server.on(url, "retention", "run", "--shards", "4", "--dry-run");
    assertThat(plan.err()).isEmpty();
    assertThat(plan.out()).contains("shop").contains("to delete: 5 runs").doesNotContain("bank");
    assertThat(server.ask(url, "SELECT count(*) FROM workflow_executions")).isEqualTo("20");

    CommandResult result = server.on(url, "retention", "run", "--shards", "4", "--json");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    JsonNode report = new ObjectMapper().readTree(result.out());
    assertThat(report.get("deletedRuns").asInt()).isEqualTo(5);
    assertThat(report.at("/namespaces/0/rows").asInt()).isEqualTo(5);
    assertThat(server.ask(url, "SELECT count(*) FROM workflow_executions")).isEqualTo("15");
    assertThat(
            server.ask(url, "SELECT count(*) FROM history_shards WHERE owner_identity IS NOT NULL"))
        .isEqualTo("0");

    server.execute(url, "UPDATE namespaces SET retention_days = 30 WHERE namespace_name = 'bank'");
    CommandResult refused = server.on(url, "retention", "run", "--shards", "4");
    assertThat(refused.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(refused.err())
        .contains("--archive is missing")
        .contains("namespace bank")
        .contains("./odin retention run --help");
    Path unmade = archive.resolve("unmade");
    CommandResult dry =
        server.on(
            url, "retention", "run", "--shards", "4", "--dry-run", "--archive", unmade.toString());
    assertThat(dry.exitCode()).isZero();
    assertThat(unmade).doesNotExist();
    CommandResult archived =
        server.on(url, "retention", "run", "--shards", "4", "--archive", archive.toString());
    assertThat(archived.err()).isEmpty();
    assertThat(archived.out()).contains("deleted: 5 runs");
    try (Stream<Path> files = Files.walk(archive)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(5);
    }
  }

  @Test
  void retentionLeavesShardsToTheirOwners() throws Exception {
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate", "--shards", "1").exitCode()).isZero();
    addRuns(url, "shop", 1, false);
    server.execute(
        url,
        "UPDATE history_shards SET owner_identity = 'engine',"
            + " shard_owner_lease_expiry = now() + interval '1 hour', fence_token = 1");

    CommandResult result = server.on(url, "retention", "run", "--shards", "1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("deleted: 0 runs").contains("left: 5 runs in 1 shards");
    assertThat(server.ask(url, "SELECT count(*) FROM workflow_executions")).isEqualTo("10");
  }

  @Test
  void retentionSkipsWhatCannotBeArchivedAndGivesItsShardBack(@TempDir Path archive)
      throws Exception {
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate", "--shards", "1").exitCode()).isZero();
    addRuns(url, "bank", 1, true);
    // The oldest, whose events are lost.
    server.execute(
        url,
        "UPDATE workflow_executions SET next_event_id = 4, completed_at = now() - interval '1 year'"
            + " WHERE workflow_id = 'order-1'");
    String[] command = {"retention", "run", "--shards", "1", "--archive", archive.toString()};

    CommandResult text = server.on(url, command);

    assertThat(text.exitCode()).isEqualTo(Odin.FAILURE);
    assertThat(text.err()).isEmpty();
    assertThat(text.out())
        .contains("deleted: 4 runs")
        .contains("skipped: 1 runs")
        .contains("event 1 of 3 is not in its history");
    assertThat(
            server.ask(url, "SELECT count(*) FROM history_shards WHERE owner_identity IS NOT NULL"))
        .isEqualTo("0");
    assertThat(server.ask(url, "SELECT count(*) FROM workflow_executions")).isEqualTo("6");

    List<String> again = new ArrayList<>(List.of(command));
    again.add("--json");
    JsonNode json = new ObjectMapper().readTree(server.on(url, again.toArray(String[]::new)).out());
    assertThat(json.get("skippedRuns").asInt()).isEqualTo(1);
    assertThat(json.at("/skipped/0/workflow_id").asText()).isEqualTo("order-1");
  }

  @Test
  void anArchiveThatCannotBeWrittenIsToldInOneLine() throws Exception {
    Path file = Files.createTempFile("odin", ".txt");
    String url = server.emptyDatabase();
    assertThat(server.on(url, "schema", "migrate").exitCode()).isZero();

    for (String place : List.of(file.toString(), "papyrus:x")) {
      CommandResult result = server.on(url, "retention", "run", "--archive", place);
      assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
      assertThat(result.err()).startsWith("odin: location is ");
      assertThat(result.err().lines()).hasSize(1);
    }
    Files.delete(file);
  }

  /** Five runs that ended long ago, and five that have just ended. */
  private static void addRuns(String url, String namespace, int retentionDays, boolean archival)
      throws SQLException {
    server.execute(
        url,
        "INSERT INTO namespaces (namespace_name, retention_days, history_archival_enabled)"
            + " VALUES ('%s', %d, %s)".formatted(namespace, retentionDays, archival));
    server.execute(
        url,
        """
        INSERT INTO workflow_executions (namespace_id, workflow_id, workflow_type, task_queue, workflow_state, shard_id,
                                         completed_at)
        SELECT namespace_id, id, 'OrderWorkflow', 'orders', 'completed', calculate_shard_id(id, odin_shard_count()),
               now() - n %% 2 * interval '99 days'
        FROM (SELECT n, 'order-' || n AS id FROM generate_series(1, 10) n) AS runs, namespaces
        WHERE namespace_name = '%s'\
        """
            .formatted(namespace));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "version"})
  void versionNamesTheBackends(String line) {
    CommandResult result = CommandResult.of(line);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("odin ").contains("backends: mysql, postgres");
  }

  @Test
  void anUnknownUrlListsTheBackends() {
    CommandResult result = CommandResult.of("demo", "--url", "jdbc:papyrus:x");

    assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(result.err()).contains("found there: mysql, postgres");
  }
}
