package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command reports an unusable database in one line. */
class UnusableDatabaseTest {

  @Test
  void aWrongPasswordIsReportedInOneLine_onPostgres() throws Exception {
    TestServer server = TestServer.POSTGRES;
    Path rules = Path.of(server.ask(server.url(), "SHOW hba_file"));
    server.execute(server.url(), "CREATE ROLE locked LOGIN PASSWORD 'right-password'");
    Files.writeString(rules, "host all locked all scram-sha-256\n" + Files.readString(rules));
    server.execute(server.url(), "SELECT pg_reload_conf()");

    assertWrongPasswordIsReported(server.url());
  }

  @Test
  void aWrongPasswordIsReportedInOneLine_onMySql() throws Exception {
    TestServer server = TestServer.MYSQL;
    server.execute(server.url(), "CREATE USER locked IDENTIFIED BY 'right-password'");

    assertWrongPasswordIsReported(server.url("mysql"));
  }

  private static void assertWrongPasswordIsReported(String url) {
    for (String command : List.of("demo", "schema status")) {
      List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.addAll(List.of("--url", url, "--user", "locked", "--password", "wrong-password"));
      CommandResult.of(arguments.toArray(String[]::new))
          .fails("check --user, and --password or ODIN_PASSWORD");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:postgresql", "jdbc:mysql"})
  void aHostThatIsNotThereIsReportedInOneLine(String scheme) {
    String url = scheme + "://host.invalid:5432/odin";
    CommandResult.of("demo", "--url", url, "--user", "me").fails("no host host.invalid");
    CommandResult.of("schema", "status", "--url", url, "--user", "me").fails("--url");
    CommandResult.of("demo", "--url", url.replace("//", "//me:secret@"), "--user", "me")
        .fails("no host host.invalid: check --url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:postgresql", "jdbc:mysql"})
  void aServerThatIsNotRunningIsReportedInOneLine(String scheme) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    CommandResult.of("demo", "--url", scheme + "://localhost:" + port + "/odin", "--user", "me")
        .fails("is the server running");
  }

  @ParameterizedTest
  @EnumSource
  void aDatabaseThatIsNotThereIsReportedInOneLine(TestServer server) {
    String url = server.url("nowhere");
    server.on(url, "demo").fails("create the database first");
    server.on(url, "schema", "migrate").fails("create the database first");
    server.on(url, "monitor", "--once").fails("create the database first");
  }

  @Test
  void anotherShardCountIsReportedInOneLine() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(8);

    server.on(url, "demo", "--shards", "16").fails("shard count is 8, expected 16");
    assertThat(server.on(url, "demo", "--shards", "8", "--workflows", "1").exitCode()).isZero();
  }

  @Test
  void anotherSchemaIsReportedInOneLine() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(1);

    server.execute(url, "UPDATE odin_schema SET version = 99");
    server.on(url, "demo").fails("schema version is 99, expected 1");
    CommandResult status = server.on(url, "schema", "status");
    assertThat(status.exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);
    assertThat(status.out()).contains("newer release").doesNotContain("schema migrate");
    server.on(url, "schema", "migrate").fails("99");
  }

  @Test
  void shardsThatAreHeldByOthersAreReportedInOneLine() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(2);
    server.holdShards(url);

    server.on(url, "demo", "--shards", "2").fails("held by another owner");
  }
}
