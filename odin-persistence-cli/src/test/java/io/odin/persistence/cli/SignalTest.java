package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal ends a command, and what it has started and made. */
class SignalTest {

  private static final int SIGINT = 128 + 2;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "postgres, odin-postgres, INT, 130",
    "postgres, odin-demo-archive, INT, 130",
    "postgres, odin-demo-archive, TERM, 143",
    "postgres, odin-demo-archive, HUP, 129",
    "mysql, odin-mysql, INT, 130",
    "mysql, odin-demo-archive, INT, 130"
  })
  void aSignalEndsTheDemoAndItsServer(String backend, String begun, String signal, int expectedCode)
      throws Exception {
    // Below nohup a program goes on, as its user asked.
    assumeThat(signal.equals("HUP") && ignoresHangups()).isFalse();
    try (OdinProcess demo =
        OdinProcess.start(
            folder, Map.of(), "demo", "--backend", backend, "--workflows", "100000")) {
      patiently().until(() -> demo.temporaryFiles().contains(begun));

      demo.signal(signal);

      assertThat(demo.await()).isEqualTo(expectedCode);
      assertThat(demo.out()).isEmpty();
      demo.assertNothingIsLeft();
    }
  }

  /** Whether this process ignores SIGHUP, and hence every process that it starts. */
  private static boolean ignoresHangups() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> Long.parseUnsignedLong(line.split("\\s+", -1)[1], 16) % 2 == 1);
  }

  @Test
  void controlCEndsTheDemoThatShowsItsProgressInATerminal() throws Exception {
    assumeThat(Path.of("/usr/bin/script")).exists();
    try (OdinProcess demo = OdinProcess.startInTerminal(folder, "demo", "--workflows", "100000")) {
      patiently().until(() -> demo.out().contains("processing"));

      demo.type('\003');

      assertThat(demo.await()).isEqualTo(SIGINT);
      demo.assertNothingIsLeft();
    }
  }

  @Test
  void aSignalEndsTheDemoOnADatabaseOfOnesOwn_andGivesItsShardsBack() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(4);
    String[] command = {
      "demo",
      "--workflows",
      "100000",
      "--workers",
      "1",
      "--shards",
      "4",
      "--url",
      url,
      "--user",
      server.user()
    };
    try (OdinProcess demo = OdinProcess.start(folder, Map.of(), command)) {
      patiently().until(() -> server.count(url, "workflow_executions") > 0);

      demo.signal("INT");

      assertThat(demo.await()).isEqualTo(SIGINT);
      demo.assertNothingIsLeft();
    }
    assertThat(server.count(url, "history_shards WHERE owner_identity IS NOT NULL")).isZero();
    assertThat(server.ask(url, "SELECT status FROM namespaces")).isEqualTo("deleted");
  }

  @Test
  void aSignalEndsTheMonitor() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(1);
    String[] command = {
      "monitor", "--every", "3600", "--shards", "1", "--url", url, "--user", server.user()
    };
    try (OdinProcess monitor = OdinProcess.start(folder, Map.of(), command)) {
      patiently().until(() -> monitor.out().contains("Multixacts"));

      monitor.signal("INT");

      assertThat(monitor.await()).isEqualTo(SIGINT);
      assertThat(monitor.err()).isEmpty();
    }
  }

  @Test
  void aSignalEndsRetention_andGivesItsShardBack() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(1);
    server.addRuns(
        url,
        "bank",
        NamespaceSettings.builder().retentionDays(1).historyArchival(Archival.ENABLED).build());
    String[] command = {
      "retention",
      "run",
      "--archive",
      "waiting:nothing",
      "--shards",
      "1",
      "--url",
      url,
      "--user",
      server.user()
    };
    String held = "history_shards WHERE owner_identity LIKE 'odin-retention-%'";
    try (OdinProcess retention = OdinProcess.start(folder, Map.of(), command)) {
      patiently().until(() -> server.count(url, held) == 1);

      retention.signal("INT");

      assertThat(retention.await()).isEqualTo(SIGINT);
      assertThat(retention.err()).isEmpty();
    }
    assertThat(server.count(url, held)).isZero();
    assertThat(server.count(url, "workflow_executions")).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"doctor", "schema migrate"})
  void aSignalEndsACommandThatWaitsForAReply(String command) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "postgresql://me@localhost:" + silent.getLocalPort() + "/odin";
      try (OdinProcess process =
              OdinProcess.start(folder, Map.of("ODIN_URL", url), command.split(" "));
          Socket client = silent.accept()) {
        process.signal("INT");

        assertThat(process.await()).isEqualTo(SIGINT);
        assertThat(client.isConnected()).isTrue();
      }
    }
  }

  @Test
  void theMonitorFitsItsTerminal() throws Exception {
    assumeThat(Path.of("/usr/bin/script")).exists();
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(3);
    String[] command = {"monitor", "--shards", "3", "--url", url, "--user", server.user()};
    try (OdinProcess monitor = OdinProcess.startInTerminal(folder, command)) {
      patiently().until(() -> monitor.out().contains("not shown: "));

      monitor.type('\003');

      assertThat(monitor.await()).isEqualTo(SIGINT);
      String screen = monitor.out().substring(0, monitor.out().indexOf("(--section NAME)"));
      assertThat(screen)
          .contains("\033[1mShards without an owner\033[0m\033[31m: unowned_shards 3");
      assertThat(screen.lines()).hasSize(13);
      assertThat(screen.lines().map(line -> line.replaceAll("\033\\[\\d*[mHJ]", "")))
          .allMatch(line -> line.length() <= 70);
    }
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
  }
}
