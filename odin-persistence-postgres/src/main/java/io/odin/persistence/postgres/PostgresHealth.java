package io.odin.persistence.postgres;

import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.sql.Binds;
import io.odin.persistence.sql.Session;
import io.odin.persistence.sql.Sql;
import java.sql.SQLException;
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
                 current_setting('autovacuum') AS autovacuum\
          """);

  private PostgresHealth() {}

  static List<Finding> settings(Session session) throws SQLException {
    return session
        .query(
            SETTINGS,
            Binds.none(),
            row ->
                List.of(
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
                        "a crash of the machine can destroy the database: set full_page_writes ="
                            + " on"),
                    wanted(
                        "synchronous_commit",
                        row.text("synchronous_commit"),
                        "on",
                        Status.WARNING,
                        "a crash can lose commits that were confirmed: set synchronous_commit ="
                            + " on"),
                    wanted(
                        "autovacuum",
                        row.text("autovacuum"),
                        "on",
                        Status.WARNING,
                        "queues will slow down with dead rows: set autovacuum = on")))
        .getFirst();
  }

  private static Finding wanted(
      String name, String actual, String wanted, Status otherwise, String advice) {
    return actual.equals(wanted)
        ? new Finding(name, Status.OK, actual, "")
        : new Finding(name, otherwise, actual, advice);
  }
}
