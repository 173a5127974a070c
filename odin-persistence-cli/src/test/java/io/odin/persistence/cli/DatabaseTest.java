package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on databases of all kinds, good and bad. */
class DatabaseTest {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static EmbeddedServer server;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedServer.start(EmbeddedServer.Durability.NONE);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void theDemoLosesNothingAndDoesNothingTwice() {
    CommandResult result = CommandResult.of("demo", "--workflows", "30", "--workers", "2");

    assertThat(result.out()).contains("lost: 0, done twice: 0").contains("Shard distribution");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void theDemoMigratesAnEmptyDatabaseAndLeavesTheNextOneAlone() throws Exception {
    String url = emptyDatabase();
    List<String> namespaces = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      CommandResult result =
          on(url, "demo", "--workflows", "5", "--workers", "1", "--shards", "4", "--json");

      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isZero();
      JsonNode report = new ObjectMapper().readTree(result.out());
      assertThat(report.at("/audit/lost").asInt()).isZero();
      assertThat(report.at("/audit/doneTwice").asInt()).isZero();
      assertThat(report.at("/audit/orders").asInt()).isEqualTo(5);
      assertThat(report.at("/operations").isEmpty()).isFalse();
      namespaces.add(report.at("/namespace").asText());
    }
    assertThat(namespaces).doesNotHaveDuplicates();
    assertThat(ask(url, "SELECT count(*) FROM history_shards WHERE owner_identity IS NOT NULL"))
        .isEqualTo("0");
  }

  @Test
  void schemaCommandsBringADatabaseUpToDate() throws Exception {
    String url = emptyDatabase();

    CommandResult empty = on(url, "schema", "status");
    assertThat(empty.exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);
    assertThat(empty.out()).contains("none, version 1 needed").contains("pending");

    CommandResult sql = on(url, "schema", "sql");
    assertThat(sql.exitCode()).isZero();
    assertThat(sql.out()).contains("workflow_executions");
    assertThat(on(url, "schema", "status").exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);

    CommandResult migrated = on(url, "schema", "migrate");
    assertThat(migrated.err()).isEmpty();
    assertThat(migrated.exitCode()).isZero();
    assertThat(migrated.out()).contains("applied").contains("version 1, current");

    assertThat(on(url, "schema", "migrate").out()).doesNotContain("applied");
    CommandResult current = on(url, "schema", "status", "--json");
    assertThat(current.exitCode()).isZero();
    JsonNode json = new ObjectMapper().readTree(current.out());
    assertThat(json.get("current").asBoolean()).isTrue();
    assertThat(json.get("pendingChanges").isEmpty()).isTrue();
  }

  @Test
  void aWrongPasswordIsToldInOneLine() throws Exception {
    Path rules = Path.of(ask(server.url(), "SHOW hba_file"));
    execute(server.url(), "CREATE ROLE locked LOGIN PASSWORD 'right-password'");
    Files.writeString(rules, "host all locked all scram-sha-256\n" + Files.readString(rules));
    execute(server.url(), "SELECT pg_reload_conf()");

    for (String command : List.of("demo", "schema status")) {
      List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.addAll(
          List.of("--url", server.url(), "--user", "locked", "--password", "wrong-password"));
      fails(
          CommandResult.of(arguments.toArray(String[]::new)),
          "check --user, and --password or ODIN_PASSWORD");
    }
  }

  @Test
  void aHostThatIsNotThereIsToldInOneLine() {
    fails(on("jdbc:postgresql://host.invalid:5432/odin", "demo"), "no host host.invalid");
    fails(on("jdbc:postgresql://host.invalid:5432/odin", "schema", "status"), "--url");
  }

  @Test
  void aServerThatIsNotRunningIsToldInOneLine() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    fails(on("jdbc:postgresql://localhost:" + port + "/odin", "demo"), "is the server running");
  }

  @Test
  void aDatabaseThatIsNotThereIsToldInOneLine() {
    fails(on(server.url("nowhere"), "demo"), "create the database first");
    fails(on(server.url("nowhere"), "schema", "migrate"), "create the database first");
  }

  @Test
  void anotherShardCountIsToldInOneLine() throws Exception {
    String url = emptyDatabase();
    assertThat(on(url, "schema", "migrate", "--shards", "8").exitCode()).isZero();

    fails(on(url, "demo", "--shards", "16"), "shard count is 8, expected 16");
    assertThat(on(url, "demo", "--shards", "8", "--workflows", "1").exitCode()).isZero();
  }

  @Test
  void anotherSchemaIsToldInOneLine() throws Exception {
    String url = emptyDatabase();
    assertThat(on(url, "schema", "migrate").exitCode()).isZero();

    execute(url, "UPDATE odin_schema SET version = 99");
    fails(on(url, "demo"), "schema version is 99, expected 1");
    CommandResult status = on(url, "schema", "status");
    assertThat(status.exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);
    assertThat(status.out()).contains("newer release").doesNotContain("schema migrate");
    fails(on(url, "schema", "migrate"), "99");
  }

  @Test
  void shardsThatAreHeldByOthersAreToldInOneLine() throws Exception {
    String url = emptyDatabase();
    assertThat(on(url, "schema", "migrate", "--shards", "2").exitCode()).isZero();
    execute(
        url,
        "UPDATE history_shards SET owner_identity = 'engine',"
            + " shard_owner_lease_expiry = now() + interval '1 hour', fence_token = 1");

    fails(on(url, "demo", "--shards", "2"), "held by another owner");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "version"})
  void versionNamesTheBackends(String line) {
    CommandResult result = CommandResult.of(line);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("odin ").contains("backends: postgres");
  }

  @Test
  void anUnknownUrlListsTheBackends() {
    CommandResult result = CommandResult.of("demo", "--url", "jdbc:papyrus:x");

    assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(result.err()).contains("found there: postgres");
  }

  private static void fails(CommandResult result, String message) {
    assertThat(result.err()).startsWith("odin: ").contains(message);
    assertThat(result.err()).doesNotContain("wrong-password").doesNotContain("\tat ");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(Odin.FAILURE);
  }

  private static CommandResult on(String url, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--url", url, "--user", "postgres"));
    return CommandResult.of(arguments.toArray(String[]::new));
  }

  private static String emptyDatabase() throws SQLException {
    String name = "cli_" + DATABASES.incrementAndGet();
    execute(server.url(), "CREATE DATABASE " + name);
    return server.url(name);
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}
