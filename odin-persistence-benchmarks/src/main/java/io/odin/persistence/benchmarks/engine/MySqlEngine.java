package io.odin.persistence.benchmarks.engine;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.MySqlBaseline;
import io.odin.persistence.mysql.MySqlDialect;
import io.odin.persistence.sql.database.Dialect;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** MySQL. */
final class MySqlEngine implements Engine {

  @Override
  public String name() {
    return "MySQL";
  }

  @Override
  public String superuser() {
    return "root";
  }

  @Override
  public String scheme() {
    return "jdbc:mysql://";
  }

  @Override
  public Dialect dialect() {
    return new MySqlDialect();
  }

  @Override
  public Baseline baseline(Connection connection) {
    return new MySqlBaseline(connection);
  }

  @Override
  public String countingParameters(String name) {
    return "socketFactory=%s&resourceId=%s"
        .formatted(MySqlSockets.class.getName(), URLEncoder.encode(name, StandardCharsets.UTF_8));
  }

  /**
   * In UTC, as the tables are; batches as one statement; series are queries that call themselves.
   */
  @Override
  public Map<String, String> ordinaryProperties() {
    return Map.of(
        "connectionTimeZone", "UTC",
        "forceConnectionTimeZoneToSession", "true",
        "rewriteBatchedStatements", "true",
        "sessionVariables", "cte_max_recursion_depth=4294967295");
  }

  @Override
  public List<String> importantSettings() {
    return List.of(
        "version",
        "innodb_buffer_pool_size",
        "innodb_redo_log_capacity",
        "innodb_flush_method",
        "innodb_doublewrite",
        "innodb_io_capacity",
        "log_bin",
        "binlog_row_image",
        "performance_schema",
        "max_connections",
        "tls_version");
  }

  @Override
  public Map<String, String> durableSettings() {
    return Map.of("innodb_flush_log_at_trx_commit", "1", "sync_binlog", "1");
  }

  @Override
  public String showSetting(String name) {
    return "SELECT @@GLOBAL." + name;
  }

  @Override
  public Optional<String> copy(String name, String from) {
    return Optional.empty();
  }

  @Override
  public String drop(String name) {
    return "DROP DATABASE IF EXISTS " + name;
  }

  /** Without the rows that are read: refills and checks read more than the work does. */
  @Override
  public String footprint() {
    return """
    SELECT object_name, count_insert AS `rows inserted`, count_update AS `rows updated`,
           count_delete AS `rows deleted`
      FROM performance_schema.table_io_waits_summary_by_table
     WHERE object_schema = DATABASE() AND object_name NOT LIKE 'bench%'
    """;
  }

  @Override
  public String othersConnected() {
    return """
    SELECT count(*) FROM performance_schema.threads
     WHERE processlist_db = DATABASE() AND processlist_id <> CONNECTION_ID()
    """;
  }

  @Override
  public void settle(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String tables;
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT group_concat(table_name SEPARATOR ', ')
                FROM information_schema.tables
               WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
              """)) {
        row.next();
        tables = row.getString(1);
      }
      statement.execute("ANALYZE NO_WRITE_TO_BINLOG TABLE " + tables);
    }
  }

  @Override
  public String series(long from, long to) {
    return """
    (WITH RECURSIVE s (n) AS (SELECT CAST(%d AS SIGNED) UNION ALL SELECT n + 1 FROM s WHERE n < %d)
     SELECT n FROM s WHERE n <= %2$d) AS s\
    """
        .formatted(from, to);
  }

  @Override
  public String uuid(String text) {
    return "UUID_TO_BIN(%s)".formatted(text);
  }

  @Override
  public String randomUuid() {
    return "UUID_TO_BIN(UUID())";
  }

  @Override
  public String numberedUuid(UUID first) {
    return uuid(
        "concat('%s', lpad(lower(hex(n)), 12, '0'))".formatted(first.toString().substring(0, 24)));
  }

  @Override
  public String clock() {
    return "SYSDATE(6)";
  }

  @Override
  public String instant(Instant instant) {
    return "CAST('%s' AS datetime(6))".formatted(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }

  @Override
  public String instantType() {
    return "timestamp(6) NULL";
  }

  @Override
  public String bytesType() {
    return "blob";
  }
}
