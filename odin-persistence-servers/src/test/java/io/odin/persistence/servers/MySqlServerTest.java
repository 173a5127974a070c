package io.odin.persistence.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.servers.process.Command;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MySqlServerTest {

  @Test
  void start_runsMySqlThatStopsWhenClosed() throws Exception {
    MySqlServer server = MySqlServer.start(Durability.NONE, Map.of("max-connections", "77"));
    try (server) {
      assertThat(value(server, "SELECT VERSION()"))
          .matches("([89]|[1-9]\\d)\\..*")
          .doesNotContainIgnoringCase("mariadb");
      assertThat(value(server, "SELECT @@max_connections")).isEqualTo("77");
      assertThat(value(server, "SELECT @@innodb_flush_log_at_trx_commit")).isEqualTo("0");
    }
    assertThatThrownBy(() -> value(server, "SELECT 1")).isInstanceOf(SQLException.class);
  }

  @Test
  void start_fullyDurable_keepsWhatWasCommitted() throws Exception {
    try (MySqlServer server = MySqlServer.start(Durability.FULL, Map.of())) {
      assertThat(
              value(
                  server,
                  "SELECT CONCAT(@@innodb_flush_log_at_trx_commit, @@sync_binlog,"
                      + " @@innodb_doublewrite)"))
          .isEqualTo("11ON");
    }
  }

  @Test
  void client_runsStatements() throws Exception {
    try (MySqlServer server = MySqlServer.start(Durability.NONE, Map.of())) {
      List<String> command = new ArrayList<>(server.client());
      assertThat(command).as("Debian's packages bring a client").isNotEmpty();
      command.addAll(List.of("--skip-column-names", "--execute=SELECT 1 + 1"));

      assertThat(Command.run(command)).isEqualToIgnoringNewLines("2");
    }
  }

  @Test
  void start_withUnknownSetting_saysWhatTheServerSaid() {
    assertThatThrownBy(() -> MySqlServer.start(Durability.NONE, Map.of("no-such-setting", "1")))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("no-such-setting", "ODIN_MYSQL_HOME", "ODIN_TEST_MYSQL_URL");
  }

  @Test
  void mariaDb_isRefused() {
    assertThatThrownBy(
            () ->
                MySqlInstallation.requireMySql(
                    "mysqld  Ver 10.11.18-MariaDB-0+deb12u1 for debian-linux-gnu"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("MariaDB");
  }

  private static String value(MySqlServer server, String query) throws SQLException {
    return Query.value(server, server.url(), query);
  }
}
