package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command does when its standard output takes no more. */
class OutputTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "version",
        "completion",
        "schema sql",
        "schema status --json",
        "schema migrate",
        "doctor --json",
        "monitor --once --json",
        "monitor",
        "retention run --dry-run",
        "demo --workflows 1 --workers 1 --url "
      })
  void aFullDiskIsAFailure(String line) throws Exception {
    assumeThat(new File("/dev/full")).exists();
    TestServer server = TestServer.POSTGRES;
    String url = server.emptyDatabase();
    if (!line.startsWith("schema")) {
      server.on(url, "schema", "migrate", "--shards", "512");
    }
    String[] arguments = (line.endsWith("--url ") ? line + url : line).split(" ");
    Map<String, String> environment = Map.of("ODIN_URL", url, "ODIN_USER", server.user());

    try (OdinProcess process =
        OdinProcess.start(folder, environment, Redirect.to(new File("/dev/full")), arguments)) {
      assertThat(process.await()).isEqualTo(Odin.FAILURE);
      assertThat(process.err())
          .startsWith("odin: standard output cannot be written: ")
          .hasLineCount(1);
      process.assertNothingIsLeft();
    }
  }

  @Test
  void theMonitorEndsWithItsReader() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(512);
    Map<String, String> environment = Map.of("ODIN_URL", url, "PGUSER", server.user());

    try (OdinProcess monitor =
        OdinProcess.start(folder, environment, Redirect.PIPE, "monitor", "--every", "1")) {
      try (BufferedReader reader = monitor.process().inputReader()) {
        assertThat(reader.readLine()).contains(url);
      }
      assertThat(monitor.await()).isEqualTo(Odin.READER_CLOSED);
      assertThat(monitor.err()).isEmpty();
    }
  }
}
