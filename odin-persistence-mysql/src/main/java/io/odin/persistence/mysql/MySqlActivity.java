package io.odin.persistence.mysql;

import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.sql.database.HealthProbe;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import java.sql.SQLException;
import java.util.List;

/** What others do on the server that keeps the stores waiting or slow. Each query has one row. */
final class MySqlActivity {

  private static final Sql TRANSACTIONS =
      Sql.of(
          "health.openTransactions",
          """
          SELECT COALESCE(old.processlist_id, 0) AS session_id, old.processlist_user AS user_name,
                 old.processlist_host AS host_name, old.seconds, @@performance_schema AS seen
            FROM (SELECT 1 AS one) AS always
            LEFT JOIN (
              SELECT p.processlist_id, p.processlist_user, p.processlist_host, t.timer_wait DIV 1000000000000 AS seconds
                FROM performance_schema.events_transactions_current AS t
                JOIN performance_schema.threads AS p ON p.thread_id = t.thread_id
               WHERE t.state = 'ACTIVE' AND t.timer_wait > 60 * 1000000000000 AND p.processlist_id IS NOT NULL
               ORDER BY t.timer_wait DESC
               LIMIT 1) AS old ON true\
          """);

  private static final Sql PREPARED =
      Sql.of(
          "health.preparedTransactions",
          """
          SELECT COUNT(*) AS prepared
            FROM information_schema.INNODB_TRX
           WHERE TRX_MYSQL_THREAD_ID = 0 AND TRX_STARTED < NOW() - INTERVAL 1 MINUTE\
          """);

  /** The session that most others wait for, for rows or for a table of this database. */
  private static final Sql LOCKS =
      Sql.of(
          "health.lockWaits",
          """
          SELECT COALESCE(b.session_id, 0) AS session_id, b.user_name, b.host_name, b.command_name, b.waiting,
                 @@performance_schema AS seen
            FROM (SELECT 1 AS one) AS always
            LEFT JOIN (
              SELECT p.processlist_id AS session_id, p.processlist_user AS user_name, p.processlist_host AS host_name,
                     p.processlist_command AS command_name, COUNT(DISTINCT w.waiter) AS waiting
                FROM (SELECT r.requesting_thread_id AS waiter, r.blocking_thread_id AS holder
                        FROM performance_schema.data_lock_waits AS r
                       UNION ALL
                      SELECT m.owner_thread_id, g.owner_thread_id
                        FROM performance_schema.metadata_locks AS m
                        JOIN performance_schema.metadata_locks AS g
                          ON g.object_schema = m.object_schema AND g.object_name = m.object_name
                             AND g.object_type = m.object_type AND g.lock_status = 'GRANTED'
                             AND g.owner_thread_id <> m.owner_thread_id
                       WHERE m.lock_status = 'PENDING' AND m.object_type = 'TABLE' AND m.object_schema = DATABASE()) AS w
                JOIN performance_schema.threads AS p ON p.thread_id = w.holder
               WHERE w.holder NOT IN (SELECT r.requesting_thread_id FROM performance_schema.data_lock_waits AS r)
               GROUP BY p.processlist_id, p.processlist_user, p.processlist_host, p.processlist_command
               ORDER BY waiting DESC, session_id
               LIMIT 1) AS b ON true\
          """);

  private static final Sql MIGRATION =
      Sql.of(
          "health.migrationLock",
          "SELECT COALESCE(IS_USED_LOCK(" + MySqlMigrationLock.NAME + "), 0) AS session_id");

  /** Whether commits wait for a replica, and for how long. Without the plugin there is no row. */
  private static final Sql SEMISYNCHRONOUS =
      Sql.of(
          "health.semisynchronousReplica",
          """
          SELECT COALESCE(MAX(CASE WHEN VARIABLE_NAME LIKE '%enabled' THEN VARIABLE_VALUE END), 'OFF') AS is_enabled,
                 CAST(COALESCE(MAX(CASE WHEN VARIABLE_NAME LIKE '%timeout' THEN VARIABLE_VALUE END), '0') AS UNSIGNED)
                   AS timeout_milliseconds,
                 (SELECT CAST(COALESCE(MAX(s.VARIABLE_VALUE), '0') AS UNSIGNED)
                    FROM performance_schema.global_status AS s
                   WHERE s.VARIABLE_NAME IN ('Rpl_semi_sync_source_clients', 'Rpl_semi_sync_master_clients')) AS replicas
            FROM performance_schema.global_variables
           WHERE VARIABLE_NAME IN ('rpl_semi_sync_source_enabled', 'rpl_semi_sync_master_enabled',
                                   'rpl_semi_sync_source_timeout', 'rpl_semi_sync_master_timeout')\
          """);

  /**
   * Commits that wait for space on the disk, for which the server looks once a minute, or for a
   * replica; and those that wait for them. The states have these names since MySQL 5.7; "slave" up
   * to 8.0.25.
   */
  private static final Sql COMMITS =
      Sql.of(
          "health.waitingCommits",
          """
          SELECT COUNT(*) AS waiting, COALESCE(MAX(PROCESSLIST_TIME), 0) AS seconds,
                 @@performance_schema AS seen
            FROM performance_schema.threads
           WHERE PROCESSLIST_COMMAND IN ('Query', 'Execute') AND PROCESSLIST_TIME >= 5
             AND PROCESSLIST_STATE IN ('waiting for handler commit', 'Waiting for semi-sync ACK from replica',
                                       'Waiting for semi-sync ACK from slave')\
          """);

  private static final String GRANTS =
      "to see them, run optional/roles.sql again, or: GRANT SELECT ON performance_schema.* TO the"
          + " account";

  private MySqlActivity() {}

  static List<HealthProbe> probes() {
    return List.of(
        HealthProbe.restricted(
            "open transactions", TRANSACTIONS, row -> one(transactions(row)), GRANTS),
        HealthProbe.restricted(
            "prepared transactions",
            PREPARED,
            row -> one(prepared(row)),
            "to see them: GRANT PROCESS ON *.* TO the account"),
        HealthProbe.restricted("lock waits", LOCKS, row -> one(locks(row)), GRANTS),
        HealthProbe.restricted("waiting commits", COMMITS, row -> one(commits(row)), GRANTS),
        HealthProbe.open("migration lock", MIGRATION, row -> one(migration(row))),
        HealthProbe.restricted(
            "semi-synchronous replica", SEMISYNCHRONOUS, row -> one(replica(row)), GRANTS));
  }

  private static HealthReport one(Finding finding) {
    return new HealthReport(List.of(finding));
  }

  private static Finding warning(String name, String detail, String advice) {
    return new Finding(name, Status.WARNING, detail, advice);
  }

  /** OK, if the server looks. */
  private static Finding ok(String name, String detail, Row row) throws SQLException {
    return row.number("seen") > 0
        ? new Finding(name, Status.OK, detail, "")
        : warning(
            name,
            "not seen: performance_schema is off",
            "start the server with performance_schema = ON");
  }

  private static String session(Row row) throws SQLException {
    return "session %d of %s from %s"
        .formatted(row.number("session_id"), row.text("user_name"), row.text("host_name"));
  }

  private static Finding transactions(Row row) throws SQLException {
    return row.number("session_id") == 0
        ? ok("open transactions", "no transaction is old", row)
        : warning(
            "open transactions",
            session(row) + " has a transaction open for " + row.number("seconds") + " s",
            "old row versions cannot be purged before it ends, and it keeps its locks: KILL "
                + row.number("session_id"));
  }

  private static Finding prepared(Row row) throws SQLException {
    long count = row.number("prepared");
    return count == 0
        ? new Finding("prepared transactions", Status.OK, "none is old", "")
        : warning(
            "prepared transactions",
            count + " transactions were prepared over a minute ago, and have no session",
            "they hold their locks, also over a restart: XA RECOVER, then XA COMMIT or XA"
                + " ROLLBACK");
  }

  private static Finding locks(Row row) throws SQLException {
    return row.number("session_id") == 0
        ? ok("lock waits", "no session waits for a lock", row)
        : warning(
            "lock waits",
            "%d sessions wait for %s, %s"
                .formatted(row.number("waiting"), session(row), row.text("command_name")),
            "if it does nothing: KILL " + row.number("session_id"));
  }

  private static Finding commits(Row row) throws SQLException {
    return row.number("waiting") == 0
        ? ok("waiting commits", "no commit waits for a disk or a replica", row)
        : warning(
            "waiting commits",
            "%d commits have waited for up to %d s"
                .formatted(row.number("waiting"), row.number("seconds")),
            "the disk is full, or a replica is away for which commits wait: look at the free space"
                + " and at the server's error log");
  }

  private static Finding migration(Row row) throws SQLException {
    long session = row.number("session_id");
    return session == 0
        ? new Finding("migration lock", Status.OK, "is free", "")
        : warning(
            "migration lock",
            "is held by session " + session,
            "every migration waits for it; if it is none: KILL " + session);
  }

  private static Finding replica(Row row) throws SQLException {
    String name = "semi-synchronous replica";
    if (!row.text("is_enabled").equals("ON")) {
      return new Finding(name, Status.OK, "commits wait for none", "");
    }
    long seconds = row.number("timeout_milliseconds") / 1000;
    if (row.number("replicas") > 0) {
      return new Finding(name, Status.OK, row.number("replicas") + " connected", "");
    }
    return warning(
        name,
        "none is connected, and a commit waits for one for up to " + seconds + " s",
        "start it, or set rpl_semi_sync_source_timeout to what a commit may wait, or switch"
            + " rpl_semi_sync_source_enabled off");
  }
}
