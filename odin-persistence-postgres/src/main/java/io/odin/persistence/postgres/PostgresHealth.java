package io.odin.persistence.postgres;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Settings of a PostgreSQL server that lose data or time. */
final class PostgresHealth {

  private static final Sql SETTINGS =
      Sql.of(
          "health.settings",
          """
          SELECT current_setting('transaction_isolation') AS isolation,
                 current_setting('TimeZone') AS time_zone,
                 current_setting('fsync') AS fsync,
                 current_setting('full_page_writes') AS full_page_writes,
                 current_setting('synchronous_commit') AS synchronous_commit,
                 current_setting('autovacuum') AS autovacuum,
                 current_setting('max_connections')::int
                   - current_setting('superuser_reserved_connections')::int AS connections\
          """);

  private static final Sql OLD_SNAPSHOTS =
      Sql.of(
          "health.oldSnapshots",
          """
          SELECT pid, application_name, extract(epoch FROM clock_timestamp() - xact_start)::bigint AS seconds
          FROM pg_stat_activity
          WHERE (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL) AND backend_type = 'client backend'
            AND xact_start < clock_timestamp() - interval '1 minute'
          ORDER BY xact_start LIMIT 1\
          """);

  private PostgresHealth() {}

  static List<Finding> settings(Session session, PersistenceConfig config) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    session.query(SETTINGS, Binds.none(), row -> findings.addAll(settings(row, config)));
    findings.add(
        session
            .first(OLD_SNAPSHOTS, Binds.none(), PostgresHealth::oldSnapshot)
            .orElseGet(() -> new Finding("old snapshots", Status.OK, "no transaction is old", "")));
    return findings;
  }

  private static Finding oldSnapshot(Row row) throws SQLException {
    return new Finding(
        "old snapshots",
        Status.WARNING,
        "session %d (%s) has a transaction open for %d s"
            .formatted(row.integer("pid"), row.text("application_name"), row.number("seconds")),
        "dead rows cannot be removed before it ends, and polling slows down: end it");
  }

  private static List<Finding> settings(Row row, PersistenceConfig config) throws SQLException {
    return List.of(
        wanted(
            "isolation",
            row.text("isolation"),
            "read committed",
            Status.FAILURE,
            "something between this program and the server changes the session: look at"
                + " the pooler"),
        wanted(
            "time zone",
            row.text("time_zone"),
            "UTC",
            Status.FAILURE,
            "something between this program and the server changes the session: look at"
                + " the pooler"),
        wanted(
            "fsync",
            row.text("fsync"),
            "on",
            Status.WARNING,
            "a crash of the machine can destroy the database: set fsync = on"),
        wanted(
            "full_page_writes",
            row.text("full_page_writes"),
            "on",
            Status.WARNING,
            "a crash of the machine can destroy the database: set full_page_writes =" + " on"),
        wanted(
            "synchronous_commit",
            row.text("synchronous_commit"),
            "on",
            Status.WARNING,
            "a crash can lose commits that were confirmed: set synchronous_commit =" + " on"),
        wanted(
            "autovacuum",
            row.text("autovacuum"),
            "on",
            Status.WARNING,
            "queues will slow down with dead rows: set autovacuum = on"),
        connections(row.integer("connections"), config.maximumPoolSize()));
  }

  private static Finding connections(int available, int pool) {
    String detail =
        "%d for all programs, %d of them for this one's pool".formatted(available, pool);
    return available >= pool
        ? new Finding("max_connections", Status.OK, detail, "")
        : new Finding(
            "max_connections",
            Status.WARNING,
            detail,
            "raise max_connections, or lower maximumPoolSize: the pool cannot be filled");
  }

  private static Finding wanted(
      String name, String actual, String wanted, Status otherwise, String advice) {
    return actual.equals(wanted)
        ? new Finding(name, Status.OK, actual, "")
        : new Finding(name, otherwise, actual, advice);
  }
}
