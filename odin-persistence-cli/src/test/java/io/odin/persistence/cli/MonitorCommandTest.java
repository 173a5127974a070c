package io.odin.persistence.cli;

import static java.io.Writer.nullWriter;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.odin.persistence.cli.report.MonitoringQuery;
import io.odin.persistence.namespace.NamespaceSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorCommandTest {

  @ParameterizedTest
  @CsvSource({"POSTGRES, postgres", "MYSQL, mysql"})
  void theMonitorShowsEveryQuery(TestServer server, String backend) throws Exception {
    String url = server.migratedDatabase(512);
    server.addRuns(url, "shop", NamespaceSettings.defaults());

    CommandResult text = server.on(url, "monitor", "--once");
    CommandResult json = server.on(url, "monitor", "--once", "--json");

    assertThat(text.err() + json.err()).isEmpty();
    assertThat(text.exitCode() + json.exitCode()).isZero();
    JsonNode document = new ObjectMapper().readTree(json.out());
    for (MonitoringQuery query : MonitoringQuery.of(backend)) {
      assertThat(text.out()).contains(query.title() + "\n");
      assertThat(document.get(query.resource()).isArray()).as(query.resource()).isTrue();
    }
    assertThat(document.at("/unowned-shards/0/unowned_shards").asInt()).isEqualTo(512);
    assertThat(document.at("/workflows-by-state/0/count").asInt()).isEqualTo(10);
    assertThat(json.out().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRES, old-snapshots, GRANT pg_read_all_stats TO watcher",
    "MYSQL, old-snapshots, denied to user 'watcher'",
    "MYSQL, table-sizes, tables that the account may not read"
  })
  void theMonitorSaysWhatTheAccountMayNotSee(TestServer server, String section, String reason)
      throws Exception {
    String url = server.migratedDatabase(512);
    server.execute(
        url,
        server == TestServer.POSTGRES
            ? "DO $$ BEGIN CREATE ROLE watcher LOGIN PASSWORD 'Watcher-1'; EXCEPTION WHEN"
                + " duplicate_object THEN NULL; END $$"
            : "CREATE USER IF NOT EXISTS watcher IDENTIFIED BY 'Watcher-1'");
    server.execute(url, "GRANT SELECT ON odin_schema TO watcher");
    server.execute(url, "GRANT SELECT ON history_shards TO watcher");
    String[] command = {
      "monitor",
      "--once",
      "--section",
      section,
      "--url",
      url,
      "--user",
      "watcher",
      "--password=Watcher-1"
    };

    CommandResult text = CommandResult.of(command);

    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out()).contains("(not seen: ").contains(reason);
    String[] asJson = Arrays.copyOf(command, command.length + 1);
    asJson[command.length] = "--json";
    JsonNode document = new ObjectMapper().readTree(CommandResult.of(asJson).out());
    assertThat(document.get("not-seen").get(section).asText()).contains(reason);
  }

  @Test
  @Timeout(60)
  void theMonitorOutlivesAFailure() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String url = server.migratedDatabase(1);
    String name = url.replaceFirst(".*/", "").replaceFirst("\\?.*", "");
    String[] command = {
      "monitor", "--json", "--every", "1", "--shards", "1", "--url", url, "--user", server.user()
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
}
