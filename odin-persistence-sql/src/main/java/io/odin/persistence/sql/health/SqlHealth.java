package io.odin.persistence.sql.health;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.PersistenceClosedException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.schema.SchemaStatus;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks whether a database is fit for work. Thread-safe. */
public final class SqlHealth {

  private static final String LOG = "look at the server's log";
  private static final Duration TOLERATED_OFFSET = Duration.ofSeconds(5);

  private final Database database;
  private final PersistenceConfig config;
  private final Schema schema;
  private final HealthSql sql;
  private final WorkHealth work;

  /** Makes the statements. */
  public SqlHealth(
      Database database, Statements statements, PersistenceConfig config, Schema schema) {
    this.database = database;
    this.config = config;
    this.schema = schema;
    sql = new HealthSql(statements);
    work = new WorkHealth(database, sql);
  }

  @FunctionalInterface
  private interface Check {
    List<Finding> run();
  }

  /** See {@link io.odin.persistence.Persistence#check}. */
  public HealthReport check() {
    List<Finding> findings = new ArrayList<>();
    boolean connected =
        add(
            findings,
            "connectivity",
            "is the server up, and are host, port and login right?",
            this::connectivity);
    if (connected) {
      add(
          findings,
          "write-ability",
          "is this server a replica, its disk full, or the account short of privileges?",
          this::write);
      add(findings, "schema version", "migrate: odin schema migrate", this::schemaVersion);
      add(findings, "shard count", "was the schema installed completely?", this::shardCount);
      add(findings, "shard ownership", LOG, work::shardOwnership);
      add(findings, "task leases", LOG, work::expiredLeases);
      add(findings, "backlog", LOG, orTooSlow("backlog", work::backlog));
      add(findings, "retention lag", LOG, orTooSlow("retention lag", work::retentionLag));
      add(findings, "settings", LOG, this::settings);
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

  /** What reads whole tables may take too long on a large database that is fit for work. */
  private static Check orTooSlow(String name, Check check) {
    return () -> {
      try {
        return check.run();
      } catch (UnavailableException e) {
        if (e.reason() != Reason.STATEMENT_TIMEOUT) {
          throw e;
        }
        return List.of(
            new Finding(
                name,
                Status.WARNING,
                "could not be determined within statementTimeout",
                "ask again when less is going on, or with a longer statementTimeout"));
      }
    };
  }

  private List<Finding> connectivity() {
    Instant before = Instant.now();
    Instant server =
        database
            .read(
                "health.now",
                session -> session.query(sql.now, Binds.none(), row -> row.instant("database_now")))
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
          return session.update(sql.probe, Binds.none());
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
                session -> session.query(sql.shards, Binds.none(), row -> row.number("shards")))
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
    return database.read(
        "health.settings", session -> database.dialect().settings(session, config));
  }
}
