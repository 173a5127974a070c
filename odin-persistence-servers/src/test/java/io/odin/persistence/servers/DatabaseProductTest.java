package io.odin.persistence.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseProductTest {

  @ParameterizedTest
  @EnumSource
  void start_runsAServerOnWhichDatabasesCanBeMade(DatabaseProduct product) throws Exception {
    DatabaseServer server = product.start(Durability.NONE, Map.of());
    try (server) {
      String url = server.create("odin");

      assertThat(url).isEqualTo(server.url("odin"));
      assertThat(Query.value(server, url, "SELECT 1 + 1")).isEqualTo("2");
      assertThatThrownBy(() -> server.create("odin"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("odin");
    }
    assertThatThrownBy(() -> Query.value(server, server.url(), "SELECT 1"))
        .isInstanceOf(SQLException.class);
    server.close();
  }
}
