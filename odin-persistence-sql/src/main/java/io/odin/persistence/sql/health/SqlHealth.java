package io.odin.persistence.sql.health;

import static io.odin.persistence.sql.health.HealthSql.SHARDS;
import static io.odin.persistence.sql.statement.Columns.DATABASE_NOW;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
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
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.HealthProbe;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.wakeup.WakeUps;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks whether a database is fit for work. Thread-safe. */
public final class SqlHealth {

  private static final String WRITES = "write-ability";
  private static final Duration TOLERATED_OFFSET = Duration.ofSeconds(5);

  private final Database database;
  private final Dialect dialect;
  private final PersistenceConfig config;
  private final Statements statements;
  private final Schema schema;
  private final HealthSql sql;
  private final WorkHealth work;
  private final WakeUps wakeUps;

  /** Makes the statements. */
  public SqlHealth(
      Database database,
      Dialect dialect,
      Statements statements,
      PersistenceConfig config,
      Schema schema,
      WakeUps wakeUps) {
    this.database = database;
    this.dialect = dialect;
    this.config = config;
    this.statements = statements;
    this.schema = schema;
    sql = new HealthSql(statements);
    work = new WorkHealth(database, sql);
    this.wakeUps = wakeUps;
  }

  @FunctionalInterface
  private interface Check {
    List<Finding> run();
  }

  /** See {@link io.odin.persistence.Persistence#check}. */
  public HealthReport check() {
    List<Finding> findings = new ArrayList<>();
    if (add(findings, "connectivity", this::connectivity)) {
      add(findings, WRITES, this::write);
      add(findings, "schema version", this::schemaVersion);
      add(findings, "shard count", this::shardCount);
      add(findings, "shard ownership", work::shardOwnership);
      add(findings, "task leases", work::expiredLeases);
      add(findings, "backlog", orTooSlow("backlog", work::backlog));
      add(findings, "consistency", orTooSlow("consistency", work::consistency));
      add(findings, "retention lag", orTooSlow("retention lag", work::retentionLag));
      findings.addAll(wakeUps.findings());
      for (HealthProbe probe : dialect.probes(config)) {
        add(findings, probe.name(), () -> probe(probe));
      }
    }
    return new HealthReport(findings);
  }

  private boolean add(List<Finding> findings, String name, Check check) {
    try {
      findings.addAll(check.run());
      return true;
    } catch (PersistenceClosedException e) {
      throw e;
    } catch (PersistenceException e) {
      findings.add(
          new Finding(
              name, Status.FAILURE, String.valueOf(e.getMessage()), HealthAdvice.of(dialect, e)));
      return false;
    }
  }

  /** What reads whole tables may take too long on a large database that is fit for work. */
  private static Check orTooSlow(String name, Check check) {
    return () -> {
      try {
        return check.run();
      } catch (UnavailableException e) {
        if (e.reason() != Reason.STATEMENT_TIMEOUT && e.reason() != Reason.SEARCHES_EXHAUSTED) {
          throw e;
        }
        return List.of(
            new Finding(
                name,
                Status.WARNING,
                "could not be determined: " + e.getMessage(),
                "ask again when less is going on, or with a longer searchTimeout"));
      }
    };
  }

  private List<Finding> connectivity() {
    Instant before = Instant.now();
    Instant server =
        database
            .read(
                "health.now",
                session -> session.query(sql.now, Binds.none(), row -> row.get(DATABASE_NOW)))
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
    List<String> missing =
        database.read("health.privileges", session -> session.missingPrivileges(statements.all()));
    if (!missing.isEmpty()) {
      return List.of(
          new Finding(
              WRITES,
              Status.FAILURE,
              "the account lacks " + String.join(", ", missing),
              "grant it: optional/roles.sql has what the stores need"));
    }
    database.transaction(
        "health.write",
        session -> {
          session.rollbackOnly();
          return session.update(sql.probe, Binds.none());
        });
    return List.of(new Finding(WRITES, Status.OK, "takes writes", ""));
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
                session -> session.query(sql.shards, Binds.none(), row -> row.get(SHARDS)))
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

  private List<Finding> probe(HealthProbe probe) {
    try {
      return database
          .read("health.probe", session -> session.run(List.of(probe.query())))
          .getFirst()
          .rows(HealthReport.class)
          .stream()
          .flatMap(report -> report.findings().stream())
          .toList();
    } catch (BackendFailureException e) {
      if (e.getCause() instanceof SQLException cause && dialect.isDenied(cause)) {
        return List.of(
            new Finding(
                probe.name(), Status.WARNING, "not seen: the account may not look", probe.grant()));
      }
      throw e;
    }
  }
}
