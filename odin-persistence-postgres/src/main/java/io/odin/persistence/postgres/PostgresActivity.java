package io.odin.persistence.postgres;

import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.sql.database.HealthProbe;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import java.sql.SQLException;
import java.util.List;

/** What others do on the server that keeps the stores waiting or slow. Each query has one row. */
final class PostgresActivity {

  /** What an account without pg_read_all_stats does not see of the sessions of others. */
  private static final String HIDDEN =
      """
      SELECT count(*) AS hidden, current_user::text AS account
        FROM pg_stat_activity AS a
       WHERE a.usesysid IS NOT NULL
         AND NOT pg_has_role('pg_read_all_stats', 'USAGE') AND NOT pg_has_role(a.usesysid, 'USAGE')\
      """;

  /** What it does not see of standbys. */
  private static final String HIDDEN_STANDBYS =
      """
      SELECT count(*) AS hidden, current_user::text AS account FROM pg_stat_replication WHERE state IS NULL\
      """;

  private static final Sql OLD_SNAPSHOTS =
      Sql.of(
          "health.oldSnapshots",
          """
          SELECT coalesce(old.pid, 0) AS pid, old.application_name, old.seconds, unseen.hidden, unseen.account
            FROM (%s) AS unseen
            LEFT JOIN (
              SELECT pid, application_name, extract(epoch FROM clock_timestamp() - xact_start)::bigint AS seconds
                FROM pg_stat_activity
               WHERE (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
                 AND backend_type IN ('client backend', 'background worker')
                 AND xact_start < clock_timestamp() - interval '1 minute'
               ORDER BY xact_start
               LIMIT 1) AS old ON true\
          """
              .formatted(HIDDEN));

  private static final Sql PREPARED =
      Sql.of(
          "health.preparedTransactions",
          """
          SELECT coalesce(old.gid, '') AS gid, old.database::text AS database_name, old.owner::text AS owner_name, old.seconds
            FROM (VALUES (1)) AS always (one)
            LEFT JOIN (
              SELECT gid, database, owner, extract(epoch FROM clock_timestamp() - prepared)::bigint AS seconds
                FROM pg_prepared_xacts
               WHERE prepared < clock_timestamp() - interval '10 seconds'
               ORDER BY prepared
               LIMIT 1) AS old ON true\
          """);

  /** A slot has no time since when it holds a snapshot, so its age is counted in transactions. */
  private static final Sql REPLICATION =
      Sql.of(
          "health.replication",
          """
          SELECT coalesce(old.kind, '') AS kind, old.name, old.transactions, unseen.hidden, unseen.account
            FROM (%s) AS unseen
            LEFT JOIN (
              SELECT 'slot' AS kind, slot_name::text AS name, coalesce(age(xmin), 0) AS transactions
                FROM pg_replication_slots
               WHERE NOT active AND NOT temporary AND (xmin IS NOT NULL OR restart_lsn IS NOT NULL)
               UNION ALL
              SELECT 'standby', application_name, age(backend_xmin)
                FROM pg_stat_replication
               WHERE age(backend_xmin) > 50000
               ORDER BY 3 DESC, 2
               LIMIT 1) AS old ON true\
          """
              .formatted(HIDDEN_STANDBYS));

  /** Whether commits wait for a standby that is not there. */
  private static final Sql SYNCHRONOUS =
      Sql.of(
          "health.synchronousStandby",
          """
          SELECT current_setting('synchronous_standby_names') AS names,
                 current_setting('synchronous_commit') AS synchronous_commit,
                 (SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')) AS standbys,
                 (SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep') AS waiting,
                 unseen.hidden, unseen.account
            FROM (%s) AS unseen\
          """
              .formatted(HIDDEN_STANDBYS));

  /** The session that most others wait for, and what it is. The waiting ones are the stores'. */
  private static final Sql LOCKS =
      Sql.of(
          "health.lockWaits",
          """
          SELECT coalesce(b.pid, 0) AS pid, b.usename::text AS user_name,
                 coalesce(b.application_name, '') AS application_name,
                 coalesce(b.state, 'not seen') AS state, b.waiting
            FROM (VALUES (1)) AS always (one)
            LEFT JOIN (
              SELECT holder.pid, holder.usename, holder.application_name, holder.state, count(*) AS waiting
                FROM pg_stat_activity AS waiter
               CROSS JOIN LATERAL unnest(pg_blocking_pids(waiter.pid)) AS blocker (pid)
                JOIN pg_stat_activity AS holder ON holder.pid = blocker.pid
               WHERE waiter.datname = current_database() AND waiter.wait_event_type = 'Lock'
                 AND waiter.state_change < clock_timestamp() - interval '500 milliseconds'
                 AND holder.wait_event_type IS DISTINCT FROM 'Lock'
               GROUP BY holder.pid, holder.usename, holder.application_name, holder.state
               ORDER BY count(*) DESC, holder.pid
               LIMIT 1) AS b ON true\
          """);

  private static final Sql MIGRATION =
      Sql.of(
          "health.migrationLock",
          """
          SELECT coalesce(h.pid, 0) AS pid, h.usename::text AS user_name,
                 coalesce(h.application_name, '') AS application_name
            FROM (VALUES (1)) AS always (one)
            LEFT JOIN (
              SELECT a.pid, a.usename, a.application_name
                FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
               WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid = 0 AND l.objid = %d
                 AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
               LIMIT 1) AS h ON true\
          """
              .formatted(PostgresMigrationLock.KEY));

  private PostgresActivity() {}

  static List<HealthProbe> probes() {
    return List.of(
        HealthProbe.open("old snapshots", OLD_SNAPSHOTS, row -> one(oldSnapshot(row))),
        HealthProbe.open("prepared transactions", PREPARED, row -> one(prepared(row))),
        HealthProbe.open("replication", REPLICATION, row -> one(replication(row))),
        HealthProbe.open("synchronous standby", SYNCHRONOUS, row -> one(synchronous(row))),
        HealthProbe.open("lock waits", LOCKS, row -> one(locks(row))),
        HealthProbe.open("migration lock", MIGRATION, row -> one(migration(row))));
  }

  private static HealthReport one(Finding finding) {
    return new HealthReport(List.of(finding));
  }

  private static Finding warning(String name, String detail, String advice) {
    return new Finding(name, Status.WARNING, detail, advice);
  }

  /** OK, if the account sees all that was asked for. */
  private static Finding ok(String name, String detail, String what, Row row) throws SQLException {
    long hidden = row.number("hidden");
    return hidden == 0
        ? new Finding(name, Status.OK, detail, "")
        : warning(
            name,
            "not seen: %d %s of other accounts".formatted(hidden, what),
            "to see them: GRANT pg_read_all_stats TO " + row.text("account"));
  }

  private static Finding oldSnapshot(Row row) throws SQLException {
    int session = row.integer("pid");
    return session == 0
        ? ok("old snapshots", "no transaction is old", "sessions", row)
        : warning(
            "old snapshots",
            "session %d (%s) has a transaction open for %d s"
                .formatted(session, row.text("application_name"), row.number("seconds")),
            "dead rows cannot be removed before it ends, and polling slows down: end it");
  }

  private static Finding prepared(Row row) throws SQLException {
    String name = row.text("gid");
    return name.isEmpty()
        ? new Finding("prepared transactions", Status.OK, "none is old", "")
        : warning(
            "prepared transactions",
            "%s of %s in database %s has been prepared for %d s"
                .formatted(
                    name, row.text("owner_name"), row.text("database_name"), row.number("seconds")),
            "it holds its locks and its snapshot, also over a restart: COMMIT PREPARED or ROLLBACK"
                + " PREPARED there");
  }

  private static Finding replication(Row row) throws SQLException {
    return switch (row.text("kind")) {
      case "slot" ->
          warning(
              "replication",
              "slot %s has no reader, and holds back %d transactions"
                  .formatted(row.text("name"), row.number("transactions")),
              "dead rows and the write-ahead log are kept until it is read: start its reader, or"
                  + " pg_drop_replication_slot");
      case "standby" ->
          warning(
              "replication",
              "standby %s holds back %d transactions"
                  .formatted(row.text("name"), row.number("transactions")),
              "dead rows are kept for its queries: end the old ones there, or switch"
                  + " hot_standby_feedback off");
      default -> ok("replication", "no slot and no standby holds an old snapshot", "standbys", row);
    };
  }

  private static Finding synchronous(Row row) throws SQLException {
    String name = "synchronous standby";
    String names = row.text("names");
    if (names.isEmpty() || List.of("off", "local").contains(row.text("synchronous_commit"))) {
      return new Finding(name, Status.OK, "commits wait for none", "");
    }
    if (row.number("standbys") > 0) {
      return new Finding(name, Status.OK, row.number("standbys") + " connected", "");
    }
    return row.number("hidden") > 0
        ? ok(name, "", "standbys", row)
        : new Finding(
            name,
            Status.FAILURE,
            "none of '%s' is connected, and %d commits wait for it without end"
                .formatted(names, row.number("waiting")),
            "start it, or take it out of synchronous_standby_names");
  }

  private static Finding locks(Row row) throws SQLException {
    int session = row.integer("pid");
    return session == 0
        ? new Finding("lock waits", Status.OK, "no session waits for a lock", "")
        : warning(
            "lock waits",
            "%d sessions wait for session %d (%s) of %s, %s"
                .formatted(
                    row.number("waiting"),
                    session,
                    row.text("application_name"),
                    row.text("user_name"),
                    row.text("state")),
            "if it does nothing: SELECT pg_terminate_backend(" + session + ")");
  }

  private static Finding migration(Row row) throws SQLException {
    int session = row.integer("pid");
    return session == 0
        ? new Finding("migration lock", Status.OK, "is free", "")
        : warning(
            "migration lock",
            "is held by session %d (%s) of %s"
                .formatted(session, row.text("application_name"), row.text("user_name")),
            "every migration waits for it; if it is none: SELECT pg_terminate_backend("
                + session
                + ")");
  }
}
