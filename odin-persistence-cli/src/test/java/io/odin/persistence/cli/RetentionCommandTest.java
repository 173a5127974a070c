package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionCommandTest {

  private static final String OWNED_SHARDS = "history_shards WHERE owner_identity IS NOT NULL";

  @TempDir private Path archive;

  @ParameterizedTest
  @EnumSource
  void retentionDeletesWhatIsExpiredAndNothingElse(TestServer server) throws Exception {
    String url = server.migratedDatabase(4);
    server.addRuns(url, "shop", keeping(40));
    server.addRuns(url, "bank", archiving(0));

    CommandResult plan = server.on(url, "retention", "run", "--shards", "4", "--dry-run");
    assertThat(plan.err()).isEmpty();
    assertThat(plan.out()).contains("shop").contains("to delete: 5 runs").doesNotContain("bank");
    assertThat(server.count(url, "workflow_executions")).isEqualTo(20);

    CommandResult result = server.on(url, "retention", "run", "--shards", "4", "--json");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    JsonNode report = new ObjectMapper().readTree(result.out());
    assertThat(report.get("deletedRuns").asInt()).isEqualTo(5);
    assertThat(report.at("/namespaces/0/rows").asInt()).isEqualTo(5);
    assertThat(server.count(url, "workflow_executions")).isEqualTo(15);
    assertThat(server.count(url, OWNED_SHARDS)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void retentionArchivesWhatItDeletes(TestServer server) throws Exception {
    String url = server.migratedDatabase(4);
    server.addRuns(url, "bank", archiving(30));

    CommandResult refused = server.on(url, "retention", "run", "--shards", "4");
    assertThat(refused.exitCode()).isEqualTo(Odin.USAGE);
    assertThat(refused.err())
        .contains("--archive is missing")
        .contains("namespace bank")
        .contains("odin retention run --help");
    Path unmade = archive.resolve("unmade");
    CommandResult dry =
        server.on(
            url, "retention", "run", "--shards", "4", "--dry-run", "--archive", unmade.toString());
    assertThat(dry.exitCode()).isZero();
    assertThat(unmade).doesNotExist();

    CommandResult archived =
        server.on(url, "retention", "run", "--shards", "4", "--archive", archive.toString());
    assertThat(archived.err()).isEmpty();
    assertThat(archived.exitCode()).isZero();
    assertThat(archived.out()).contains("deleted: 5 runs");
    assertThat(server.count(url, "workflow_executions")).isEqualTo(5);
    assertThat(server.count(url, OWNED_SHARDS)).isZero();
    try (Stream<Path> files = Files.walk(archive)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void purgeDeletesWhatIsLeftOfDeletedNamespaces(TestServer server) throws Exception {
    String url = server.migratedDatabase(4);
    server.addRuns(url, "shop", keeping(40));
    server.addRuns(url, "bank", keeping(40));
    String delete =
        "UPDATE namespaces SET status = 'deleted', deleted_at = CURRENT_TIMESTAMP"
            + " - INTERVAL '%d' DAY WHERE namespace_name = '%s'";
    server.execute(url, delete.formatted(8, "bank"));
    server.execute(url, delete.formatted(3, "shop"));
    String[] command = {"retention", "purge", "--shards", "4"};

    CommandResult dry =
        server.on(
            url, Stream.concat(Stream.of(command), Stream.of("--dry-run")).toArray(String[]::new));
    assertThat(dry.err()).isEmpty();
    assertThat(dry.out()).contains("workflow_executions").contains("to delete: 10 rows");
    assertThat(server.count(url, "workflow_executions")).isEqualTo(20);

    CommandResult done = server.on(url, command);
    assertThat(done.exitCode()).isZero();
    assertThat(done.out()).contains("deleted: 11 rows");
    assertThat(server.count(url, "workflow_executions")).isEqualTo(10);
    assertThat(server.count(url, "namespaces")).isEqualTo(1);
    assertThat(server.on(url, command).out()).contains("deleted: 0 rows");
  }

  @Test
  void retentionLeavesShardsToTheirOwners() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(1);
    server.addRuns(url, "shop", keeping(1));
    server.holdShards(url);

    CommandResult result = server.on(url, "retention", "run", "--shards", "1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("deleted: 0 runs").contains("left: 5 runs in 1 shards");
    assertThat(server.count(url, "workflow_executions")).isEqualTo(10);
  }

  @Test
  void retentionSkipsWhatCannotBeArchivedAndGivesItsShardBack() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(1);
    server.addRuns(url, "bank", archiving(1));
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
    assertThat(server.count(url, OWNED_SHARDS)).isZero();
    assertThat(server.count(url, "workflow_executions")).isEqualTo(6);

    List<String> again = new ArrayList<>(List.of(command));
    again.add("--json");
    JsonNode json = new ObjectMapper().readTree(server.on(url, again.toArray(String[]::new)).out());
    assertThat(json.get("skippedRuns").asInt()).isEqualTo(1);
    assertThat(json.at("/skipped/0/workflow_id").asText()).isEqualTo("order-1");
  }

  @Test
  void anArchiveThatCannotBeWrittenIsReportedInOneLine() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(512);
    Path file = Files.createFile(archive.resolve("file"));

    for (String place : List.of(file.toString(), "papyrus:x")) {
      CommandResult result = server.on(url, "retention", "run", "--archive", place);
      assertThat(result.exitCode()).isEqualTo(Odin.USAGE);
      assertThat(result.err()).startsWith("odin: location ");
      assertThat(result.err().lines()).hasSize(1);
    }
  }

  private static NamespaceSettings keeping(int days) {
    return NamespaceSettings.builder().retentionDays(days).build();
  }

  private static NamespaceSettings archiving(int days) {
    return NamespaceSettings.builder()
        .retentionDays(days)
        .historyArchival(Archival.ENABLED)
        .build();
  }
}
