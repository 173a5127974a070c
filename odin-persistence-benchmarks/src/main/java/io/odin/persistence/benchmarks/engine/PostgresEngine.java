package io.odin.persistence.benchmarks.engine;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.PostgresBaseline;
import io.odin.persistence.postgres.PostgresDialect;
import io.odin.persistence.sql.database.Dialect;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** PostgreSQL. */
final class PostgresEngine implements Engine {

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public String superuser() {
    return "postgres";
  }

  @Override
  public String scheme() {
    return "jdbc:postgresql://";
  }

  @Override
  public Dialect dialect() {
    return new PostgresDialect();
  }

  @Override
  public Baseline baseline(Connection connection) {
    return new PostgresBaseline(connection);
  }

  @Override
  public String countingParameters(String name) {
    return "socketFactory=%s&socketFactoryArg=%s"
        .formatted(
            PostgresSockets.class.getName(), URLEncoder.encode(name, StandardCharsets.UTF_8));
  }

  @Override
  public Map<String, String> ordinaryProperties() {
    return Map.of();
  }

  @Override
  public List<String> importantSettings() {
    return List.of(
        "server_version",
        "shared_buffers",
        "max_wal_size",
        "checkpoint_timeout",
        "wal_sync_method",
        "wal_compression",
        "autovacuum",
        "autovacuum_naptime",
        "jit",
        "max_connections");
  }

  @Override
  public Map<String, String> durableSettings() {
    return Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");
  }

  @Override
  public String showSetting(String name) {
    return "SHOW " + name;
  }

  @Override
  public Optional<String> copy(String name, String from) {
    return Optional.of("CREATE DATABASE " + name + " TEMPLATE " + from);
  }

  @Override
  public String drop(String name) {
    return "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)";
  }

  @Override
  public String footprint() {
    return """
    SELECT relname, n_tup_ins AS "rows inserted", n_tup_upd AS "rows updated",
           n_tup_del AS "rows deleted", COALESCE(idx_scan, 0) AS "index scans"
      FROM pg_stat_user_tables
     WHERE relname NOT LIKE 'bench%'
    """;
  }

  @Override
  public String othersConnected() {
    return """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend'
       AND pid <> pg_backend_pid()
    """;
  }

  @Override
  public void settle(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE");
    }
  }

  @Override
  public String series(long from, long to) {
    return "generate_series(%d::bigint, %d) AS s (n)".formatted(from, to);
  }

  @Override
  public String uuid(String text) {
    return "CAST(%s AS uuid)".formatted(text);
  }

  @Override
  public String randomUuid() {
    return "gen_random_uuid()";
  }

  @Override
  public String numberedUuid(UUID first) {
    return uuid(
        "concat('%s', lpad(to_hex(n), 12, '0'))".formatted(first.toString().substring(0, 24)));
  }

  @Override
  public String clock() {
    return "clock_timestamp()";
  }

  @Override
  public String instant(Instant instant) {
    return "CAST('%s' AS timestamptz)".formatted(instant);
  }

  @Override
  public String instantType() {
    return "timestamptz";
  }

  @Override
  public String bytesType() {
    return "bytea";
  }
}
