package io.odin.persistence.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  @Test
  void start_takesSettings() throws Exception {
    try (PostgresServer server =
        PostgresServer.start(Durability.NONE, Map.of("max_connections", "77"))) {
      assertThat(setting(server, "server_version")).startsWith("18.");
      assertThat(setting(server, "max_connections")).isEqualTo("77");
      assertThat(setting(server, "fsync")).isEqualTo("off");
    }
  }

  @Test
  void start_fullyDurable_keepsWhatWasCommitted() throws Exception {
    try (PostgresServer server = PostgresServer.start(Durability.FULL, Map.of())) {
      assertThat(setting(server, "fsync")).isEqualTo("on");
      assertThat(setting(server, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(server, "full_page_writes")).isEqualTo("on");
    }
  }

  private static String setting(PostgresServer server, String name) throws Exception {
    return Query.value(server, server.url(), "SHOW " + name);
  }
}
