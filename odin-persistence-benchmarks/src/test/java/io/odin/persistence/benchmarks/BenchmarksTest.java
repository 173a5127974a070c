package io.odin.persistence.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.odin.persistence.benchmarks.harness.DisturbanceResult;
import io.odin.persistence.benchmarks.harness.DisturbanceResult.Round;
import io.odin.persistence.benchmarks.harness.Server;
import io.odin.persistence.benchmarks.harness.Stage;
import io.odin.persistence.benchmarks.rows.DeletionBesidePolls;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchmarksTest {

  private static final String AREAS =
      "visibility-*,signal,signal-with-start,reset-*,query-result,schedule,retention-delete";

  @TempDir private Path folder;

  @Test
  void measuresRowsAndWritesThemAsJson() throws Exception {
    Path file = folder.resolve("new").resolve("bench.json");

    int status =
        Benchmarks.run(
            "--rows=start,enqueue-10",
            "--workers=2",
            "--seconds=0.2",
            "--rounds=2",
            "--warm-up=0",
            "--patience=0",
            "--round-trip=500us",
            "--json=" + file);

    assertThat(status).isZero();
    JsonNode root = new ObjectMapper().readTree(file.toFile());
    assertThat(root.at("/server/fsync").asText()).isEqualTo("on");
    assertThat(root.at("/roundTrip/addedMicroseconds").asLong()).isEqualTo(500);
    assertThat(root.at("/roundTrip/measuredMicroseconds").asLong()).isBetween(500L, 5_000L);
    assertThat(root.at("/rows")).hasSize(2);
    JsonNode start = root.at("/rows/0");
    assertThat(start.at("/row").asText()).isEqualTo("start");
    assertThat(start.at("/workers").asInt()).isEqualTo(2);
    assertThat(start.at("/sides/0/side").asText()).isEqualTo("baseline");
    assertThat(start.at("/sides/1/side").asText()).isEqualTo("library");
    assertThat(start.at("/sides/1/perSecond/median").asDouble()).isPositive();
    assertThat(start.at("/sides/1/roundTripsPerOperation").asDouble()).isBetween(1.0, 1.5);
    assertThat(start.at("/sides/0/slices")).hasSize(2);
    assertThat(start.at("/differences")).isEmpty();
    JsonNode enqueue = root.at("/rows/1");
    assertThat(enqueue.at("/sides/2/side").asText()).isEqualTo("db-scheduler");
    assertThat(enqueue.at("/sides/2/libraryOverThis/median").asDouble()).isPositive();
  }

  @Test
  void baselineAndLibraryDoTheSame_onPostgres() throws Exception {
    requireTheSame("postgres", "workflow-task-full,drain-10,poll-any-10," + AREAS);
  }

  @Test
  void baselineAndLibraryDoTheSame_onMySql() throws Exception {
    requireTheSame("mysql", "start,workflow-task-full,enqueue-10,drain-10,poll-any-10," + AREAS);
  }

  private void requireTheSame(String backend, String rows) throws Exception {
    Path file = folder.resolve("bench.json");

    int status =
        Benchmarks.run(
            "--backend=" + backend,
            "--rows=" + rows,
            "--workers=2",
            "--seconds=0.05",
            "--rounds=1",
            "--warm-up=0",
            "--patience=0",
            "--json=" + file);

    assertThat(status).isZero();
    JsonNode measured = new ObjectMapper().readTree(file.toFile()).at("/rows");
    assertThat(measured).hasSizeGreaterThan(AREAS.split(",").length);
    for (JsonNode row : measured) {
      assertThat(row.at("/differences")).as(row.at("/row").asText()).isEmpty();
    }
  }

  @Test
  void pollsAreTimedBesideADeletionAndAlone() throws Exception {
    try (DatabaseServer server = PostgresServer.start(Durability.FULL, Map.of());
        Stage stage = Stage.open(Server.at(server.url(), server.user(), server.password()))) {
      DisturbanceResult result = new DeletionBesidePolls(5_000).measure(stage, 1);

      assertThat(result.rounds()).hasSize(1);
      Round round = result.rounds().getFirst();
      assertThat(round.alone().calls()).isPositive();
      assertThat(round.beside().p99()).isGreaterThanOrEqualTo(round.beside().p50()).isPositive();
    }
  }

  @Test
  void aSignalEndsTheBenchmarksAndTheirServer() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path out = folder.resolve("out");
    Process bench =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                // Maven runs tests with a jar that points to their class path.
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Benchmarks.class.getName(),
                "--rows=start",
                "--json=" + folder.resolve("bench.json"))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> Files.readString(out).contains("full_page_writes"));

      // SIGTERM: a build in the background of a shell ignores SIGINT, and so do its children.
      bench.destroy();

      assertThat(bench.onExit().get(2, TimeUnit.MINUTES).exitValue()).isEqualTo(128 + 15);
      assertThat(temporary).isEmptyDirectory();
      assertThat(ProcessHandle.allProcesses())
          .noneMatch(left -> left.info().commandLine().orElse("").contains(temporary.toString()));
    } finally {
      bench.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rows=no-such-row",
        "--backend=papyrus",
        "--workers=8,0",
        "--seconds=0",
        "--seconds=NaN",
        "--rounds=0",
        "--warm-up=-1",
        "--patience=-1",
        "--round-trip=2",
        "--round-trip=1h",
        "--round-trip=-1ms"
      })
  void refusesWhatCannotBeMeasured(String option) {
    assertThat(Benchmarks.run(option)).isEqualTo(2);
  }
}
