package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.MySqlServer;
import io.odin.persistence.sql.tests.StoreConnection;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Json;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server of which every setting that sessions could inherit is odd. */
class SessionSettingsTest {

  private static final Map<String, String> ODD =
      Map.ofEntries(
          Map.entry("time_zone", "+05:45"),
          Map.entry("sql_mode", "ANSI"),
          Map.entry("transaction_isolation", "SERIALIZABLE"),
          Map.entry("innodb_lock_wait_timeout", "1"),
          Map.entry("lock_wait_timeout", "1"),
          Map.entry("max_execution_time", "1"),
          Map.entry("group_replication_consistency", "EVENTUAL"),
          Map.entry("autocommit", "OFF"),
          Map.entry("completion_type", "CHAIN"),
          Map.entry("sql_safe_updates", "ON"),
          Map.entry("sql_auto_is_null", "ON"),
          Map.entry("sql_select_limit", "1"),
          Map.entry("max_join_size", "1"),
          Map.entry("sql_big_selects", "OFF"),
          Map.entry("foreign_key_checks", "OFF"),
          Map.entry("unique_checks", "OFF"),
          Map.entry("sql_buffer_result", "ON"),
          Map.entry("group_concat_max_len", "4"),
          Map.entry("div_precision_increment", "0"),
          Map.entry("default_week_format", "3"),
          Map.entry("cte_max_recursion_depth", "1"),
          Map.entry("windowing_use_high_precision", "OFF"),
          Map.entry("default_storage_engine", "MEMORY"),
          Map.entry(
              "optimizer_switch", "mrr=off,batched_key_access=on,index_condition_pushdown=off"),
          Map.entry("sort_buffer_size", "32768"),
          Map.entry("optimizer_search_depth", "1"),
          Map.entry("optimizer_prune_level", "0"),
          Map.entry("eq_range_index_dive_limit", "1"),
          Map.entry("range_optimizer_max_mem_size", "1"));

  private static String literal(String value) {
    return value.matches("[0-9]+|ON|OFF") ? value : "'" + value + "'";
  }

  private static PersistenceConfig config(MySqlServer server) {
    return PersistenceConfig.builder(server.url("odin") + "?allowPublicKeyRetrieval=true")
        .credentials("engine", "engine")
        .shardCount(8)
        .build();
  }

  @Test
  void sessions_inheritNoSettingThatDecidesAboutResultsOrTime() throws IOException, SQLException {
    try (MySqlServer server = MySqlServer.start(Durability.NONE, Map.of());
        Connection root = server.connect();
        Statement statement = root.createStatement()) {
      statement.execute("CREATE DATABASE odin");
      statement.execute("CREATE USER engine IDENTIFIED BY 'engine'");
      statement.execute("GRANT ALL ON odin.* TO engine");
      statement.execute("SET GLOBAL log_bin_trust_function_creators = ON");
      for (Map.Entry<String, String> setting : ODD.entrySet()) {
        statement.execute(
            "SET GLOBAL %s = %s".formatted(setting.getKey(), literal(setting.getValue())));
      }

      assertThat(Persistence.schemaOf(config(server)).migrate().isCurrent()).isTrue();
      try (Connection connection = StoreConnection.open(new MySqlDialect(), config(server));
          Statement asked = connection.createStatement()) {
        for (Map.Entry<String, String> setting : ODD.entrySet()) {
          try (ResultSet row =
              asked.executeQuery(
                  "SELECT @@global.%1$s, @@session.%1$s".formatted(setting.getKey()))) {
            row.next();
            assertThat(row.getString(2)).as(setting.getKey()).isNotEqualTo(row.getString(1));
          }
        }
      }
      try (Persistence persistence = Persistence.open(config(server))) {
        work(persistence);
        statement.execute("SET GLOBAL super_read_only = ON");
        UnavailableException failure =
            catchThrowableOfType(UnavailableException.class, () -> work(persistence));
        assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY);
        assertThat(failure).hasMessageContaining("an operator has switched it");
        statement.execute("SET GLOBAL super_read_only = OFF");
        statement.execute("SET GLOBAL read_only = OFF");
        statement.execute("SET GLOBAL transaction_read_only = ON");
      }
      try (Persistence persistence = Persistence.open(config(server))) {
        UnavailableException failure =
            catchThrowableOfType(UnavailableException.class, () -> work(persistence));
        assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY);
        statement.execute("SET GLOBAL transaction_read_only = OFF");
        work(persistence);
      }
    }
  }

  /** Reads, writes of one statement, and transactions. */
  private static void work(Persistence persistence) {
    NamespaceId namespace = NamespaceId.create();
    persistence.namespaces().create(namespace, "of " + namespace, NamespaceSettings.defaults());
    TaskQueue queue = new TaskQueue(namespace, "orders", TaskType.ACTIVITY);
    for (int i = 0; i < 5; i++) {
      persistence
          .taskQueues()
          .enqueue(NewTask.of(queue, RunKey.create(namespace, "w" + i), Json.emptyObject()));
    }
    assertThat(
            persistence
                .taskQueues()
                .poll(PollRequest.of(queue, "worker", Duration.ofMinutes(1), 5)))
        .hasSize(5);
    assertThat(persistence.taskQueues().depth(queue).leased()).isEqualTo(5);
    assertThat(persistence.namespaces().find(namespace)).isPresent();
  }
}
