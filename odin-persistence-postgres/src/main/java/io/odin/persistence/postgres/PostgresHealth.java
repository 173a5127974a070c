package io.odin.persistence.postgres;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.sql.database.HealthProbe;
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

  /** Who has switched writing off, and who else may create in the schema of the tables. */
  private static final Sql RIGHTS =
      Sql.of(
          "health.rights",
          """
          SELECT current_setting('default_transaction_read_only') AS read_only,
                 (SELECT source FROM pg_settings WHERE name = 'default_transaction_read_only') AS read_only_by,
                 current_schema()::text AS schema_name,
                 (SELECT coalesce(string_agg(DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC'
                                                      ELSE pg_get_userbyid(a.grantee) END, ', '), '')
                    FROM pg_namespace AS n, aclexplode(n.nspacl) AS a
                   WHERE n.nspname = current_schema() AND a.privilege_type = 'CREATE'
                     AND a.grantee <> n.nspowner
                     AND a.grantee <> (SELECT c.relowner FROM pg_class AS c WHERE c.oid = 'odin_schema'::regclass)
                     AND NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.oid = a.grantee AND r.rolsuper)) AS creators\
          """);

  private PostgresHealth() {}

  static List<HealthProbe> probes(PersistenceConfig config) {
    List<HealthProbe> probes = new ArrayList<>();
    probes.add(
        HealthProbe.open("settings", SETTINGS, row -> new HealthReport(settings(row, config))));
    probes.add(HealthProbe.open("rights", RIGHTS, row -> new HealthReport(rights(row))));
    probes.addAll(PostgresActivity.probes());
    return probes;
  }

  private static List<Finding> rights(Row row) throws SQLException {
    String schema = row.text("schema_name");
    String creators = row.text("creators");
    return List.of(
        wanted(
            "default_transaction_read_only",
            row.text("read_only"),
            "off",
            Status.FAILURE,
            "writing was switched off, by: "
                + row.text("read_only_by")
                + "; once the reason has ended, ALTER ROLE, DATABASE or SYSTEM RESET"
                + " default_transaction_read_only"),
        creators.isEmpty()
            ? new Finding("schema", Status.OK, "others cannot create in " + schema, "")
            : new Finding(
                "schema",
                Status.WARNING,
                creators + " can create in " + schema,
                "functions and operators made there would run with the rights of this account:"
                    + " REVOKE CREATE ON SCHEMA "
                    + schema
                    + " FROM "
                    + creators));
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
