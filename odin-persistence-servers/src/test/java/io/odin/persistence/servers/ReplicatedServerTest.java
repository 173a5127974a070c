package io.odin.persistence.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odin.persistence.servers.files.Disk;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplicatedServerTest {

  @ParameterizedTest
  @EnumSource
  void whatWasConfirmed_isThereAfterEachFailover(DatabaseProduct product) throws Exception {
    try (ReplicatedServer servers =
        product.startReplicated(Durability.FULL, Map.of(), Disk.SHARED)) {
      servers.create("test");
      execute(servers, "CREATE TABLE confirmed (id INT PRIMARY KEY)");
      execute(servers, "INSERT INTO confirmed VALUES (1)");
      String before = servers.url();

      servers.failOver();

      assertThat(servers.url()).isNotEqualTo(before);
      assertThat(count(servers)).isEqualTo("1");

      servers.addStandby();
      // As it does after any other crash.
      servers.process().orElseThrow().kill();
      servers.process().orElseThrow().restart();
      IntStream.rangeClosed(2, 100).forEach(i -> insert(servers, i));
      servers.failOver();
      assertThat(count(servers)).isEqualTo("100");
    }
  }

  @Test
  void aPrimaryThatWasStartedAgain_waitsForItsStandby_onMySql() throws Exception {
    try (ReplicatedServer servers =
        DatabaseProduct.MYSQL.startReplicated(Durability.NONE, Map.of(), Disk.SHARED)) {
      servers.process().orElseThrow().kill();
      servers.process().orElseThrow().restart();

      try (Connection connection = servers.connect()) {
        assertThat(Sql.text(connection, "SELECT @@rpl_semi_sync_source_enabled")).isEqualTo("1");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerWhoseDiskWasFull_goesOn(DatabaseProduct product) throws Exception {
    assumeTrue(Disk.canBeOwn(), "needs a user who may mount a file system");
    try (ReplicatedServer servers = product.startReplicated(Durability.FULL, Map.of(), Disk.OWN)) {
      servers.create("test");
      execute(servers, "CREATE TABLE confirmed (id INT PRIMARY KEY, filling TEXT)");
      DatabaseProcess process = servers.process().orElseThrow();

      process.fillDisk();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  execute(
                      servers,
                      "INSERT INTO confirmed VALUES (" + i + ", REPEAT('0123456789', 6000))");
                }
              })
          .isInstanceOf(SQLException.class);
      process.freeDisk();

      execute(servers, "INSERT INTO confirmed VALUES (1001, 'small')");
    }
  }

  private static void insert(DatabaseServer server, int id) {
    try {
      execute(server, "INSERT INTO confirmed VALUES (" + id + ")");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String count(DatabaseServer server) throws SQLException {
    try (Connection connection = connect(server)) {
      return Sql.text(connection, "SELECT COUNT(*) FROM confirmed");
    }
  }

  private static void execute(DatabaseServer server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(DatabaseServer server) throws SQLException {
    return DriverManager.getConnection(server.url("test"), server.user(), server.password());
  }
}
