package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.MySqlServer;
import io.odin.persistence.tck.harness.Concurrently;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A server whose commits wait for a semisynchronous replica that is away. */
class WaitingCommitsTest {

  @Test
  void check_saysThatCommitsWait() throws Exception {
    Map<String, String> settings =
        Map.of(
            "plugin-load-add", "semisync_source.so",
            "loose-rpl-semi-sync-source-timeout", "1000000000",
            "log-bin", "binlog",
            "server-id", "1",
            "log-bin-trust-function-creators", "ON");
    try (MySqlServer server = MySqlServer.start(Durability.NONE, settings)) {
      PersistenceConfig config =
          PersistenceConfig.builder(server.create("odin"))
              .credentials(server.user(), server.password())
              .shardCount(8)
              .build();
      Persistence.schemaOf(config).migrate();
      try (Persistence persistence = Persistence.open(config)) {
        assertThat(finding(persistence, "semi-synchronous replica").detail())
            .isEqualTo("commits wait for none");
        assertThat(finding(persistence, "waiting commits"))
            .extracting(Finding::detail)
            .isEqualTo("no commit waits for a disk or a replica");
        server.execute("SET GLOBAL rpl_semi_sync_source_enabled = ON");

        Future<?> write =
            Concurrently.start(
                () ->
                    persistence
                        .namespaces()
                        .create(NamespaceId.create(), "waits", NamespaceSettings.defaults()));

        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> finding(persistence, "waiting commits").status() == Status.WARNING);
        assertThat(finding(persistence, "waiting commits").detail())
            .matches("1 commits have waited for up to \\d+ s");
        assertThat(finding(persistence, "semi-synchronous replica").detail())
            .isEqualTo("none is connected, and a commit waits for one for up to 1000000 s");
        server.execute("SET GLOBAL rpl_semi_sync_source_enabled = OFF");
        assertThat(Concurrently.resultOf(write)).isNotNull();
      }
    }
  }

  private static Finding finding(Persistence persistence, String name) {
    return persistence.check().findings().stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
