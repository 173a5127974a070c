package io.odin.persistence.sql;

import static io.odin.persistence.sql.Renderer.column;
import static io.odin.persistence.sql.Renderer.table;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.PersistenceClosedException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.schema.SchemaStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Looks whether a database is fit for work. Thread-safe. */
final class SqlHealth {

  private static final Duration TOLERATED_OFFSET = Duration.ofSeconds(5);

  private final Database database;
  private final PersistenceConfig config;
  private final Schema schema;
  private final Sql now;
  private final Sql shards;
  private final Sql probe;

  SqlHealth(Database database, PersistenceConfig config, Schema schema) {
    this.database = database;
    this.config = config;
    this.schema = schema;
    Renderer renderer = new Renderer(database.dialect().family());
    now = renderer.sql("health.now", DSL.select(DatabaseClock.now().as("database_now")));
    shards =
        renderer.sql(
            "health.shards", DSL.select(DSL.count().as("shards")).from(table("history_shards")));
    // Writes a row to what it is already, and is rolled back: it proves the privilege and leaves
    // nothing.
    Field<Object> counter = column("last_sequence");
    probe =
        renderer.sql(
            "health.probe",
            DSL.update(table("namespace_change_counter")).set(Map.of(counter, counter)));
  }

  @FunctionalInterface
  private interface Check {
    List<Finding> run();
  }

  HealthReport check() {
    List<Finding> findings = new ArrayList<>();
    boolean connected =
        add(
            findings,
            "connectivity",
            "is the server up, and are host, port and login right?",
            this::connectivity);
    if (connected) {
      add(findings, "write-ability", "is this server a replica, or its disk full?", this::write);
      add(findings, "schema version", "migrate: odin schema migrate", this::schemaVersion);
      add(findings, "shard count", "was the schema installed completely?", this::shardCount);
      add(findings, "settings", "look at the server's log", this::settings);
    }
    return new HealthReport(findings);
  }

  private static boolean add(List<Finding> findings, String name, String advice, Check check) {
    try {
      findings.addAll(check.run());
      return true;
    } catch (PersistenceClosedException e) {
      throw e;
    } catch (PersistenceException e) {
      findings.add(new Finding(name, Status.FAILURE, String.valueOf(e.getMessage()), advice));
      return false;
    }
  }

  private List<Finding> connectivity() {
    Instant before = Instant.now();
    Instant server =
        database
            .read(
                "health.now",
                session -> session.query(now, Binds.none(), row -> row.instant("database_now")))
            .getFirst();
    Instant after = Instant.now();
    Duration offset =
        server.isBefore(before)
            ? Duration.between(server, before)
            : server.isAfter(after) ? Duration.between(after, server) : Duration.ZERO;
    boolean close = offset.compareTo(TOLERATED_OFFSET) <= 0;
    return List.of(
        new Finding(
            "connectivity",
            Status.OK,
            "answers in " + Duration.between(before, after).toMillis() + " ms",
            ""),
        new Finding(
            "clock offset",
            close ? Status.OK : Status.WARNING,
            offset.toMillis() + " ms between this host and the database",
            close
                ? ""
                : "leases go by the database's clock alone, but logs will not fit: run NTP"));
  }

  private List<Finding> write() {
    database.transaction(
        "health.write",
        session -> {
          session.rollbackOnly();
          return session.update(probe, Binds.none());
        });
    return List.of(new Finding("write-ability", Status.OK, "takes writes", ""));
  }

  private List<Finding> schemaVersion() {
    SchemaStatus status = schema.status();
    return List.of(
        status.isCurrent()
            ? new Finding("schema version", Status.OK, "" + status.requiredVersion(), "")
            : new Finding(
                "schema version",
                Status.FAILURE,
                status.installedVersion().isPresent()
                    ? status.installedVersion().getAsInt()
                        + ", needed is "
                        + status.requiredVersion()
                    : "there is no schema",
                "migrate: odin schema migrate"));
  }

  private List<Finding> shardCount() {
    long count =
        database
            .<List<Long>>read(
                "health.shards",
                session -> session.query(shards, Binds.none(), row -> row.number("shards")))
            .getFirst();
    return List.of(
        count == config.shardCount()
            ? new Finding("shard count", Status.OK, "" + count, "")
            : new Finding(
                "shard count",
                Status.FAILURE,
                count + ", configured are " + config.shardCount(),
                "configure what the database has: the count is fixed when it is made"));
  }

  private List<Finding> settings() {
    return database.read("health.settings", database.dialect()::settings);
  }
}
