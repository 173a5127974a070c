package io.odin.persistence.mysql;

import io.odin.persistence.Limits;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.sql.database.HealthProbe;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks for settings of a MySQL server that lose data or hinder the stores. */
final class MySqlHealth {

  /** How much of a packet is not the payload: keys, and the other columns of a row. */
  private static final long ALLOWANCE = 1 << 20;

  /** The rows of a statement are a document of up to twice the size of a part. */
  private static final long LARGEST_STATEMENT = (8L << 20) + ALLOWANCE;

  private static final long LARGEST_PACKET = 16L << 20;

  private static final String POOLER =
      "something between this program and the server changes the session: look at the pooler";

  private static final Sql SETTINGS =
      Sql.of(
          "health.settings",
          """
          SELECT @@transaction_isolation AS isolation,
                 @@time_zone AS time_zone,
                 @@max_allowed_packet AS max_allowed_packet,
                 CAST(@@innodb_flush_log_at_trx_commit AS CHAR) AS flush_log,
                 CAST(@@sync_binlog AS CHAR) AS sync_binlog,
                 CASE WHEN @@log_bin THEN @@binlog_format ELSE 'no binary log' END AS binlog_format,
                 CAST(@@innodb_doublewrite AS CHAR) AS doublewrite,
                 (SELECT count(*)
                    FROM information_schema.columns c
                   WHERE c.table_schema = DATABASE()
                     AND c.data_type = 'varchar'
                     AND c.table_name IN ('workflow_executions', 'history_events', 'task_queues')
                     AND c.collation_name <> 'utf8mb4_0900_bin') AS foreign_collations,
                 (SELECT count(*)
                    FROM information_schema.routines f
                   WHERE f.routine_schema = DATABASE()
                     AND f.routine_name = 'calculate_shard_id') AS last_routine\
          """);

  private MySqlHealth() {}

  static List<HealthProbe> probes(Limits limits) {
    List<HealthProbe> probes = new ArrayList<>();
    probes.add(
        HealthProbe.open("settings", SETTINGS, row -> new HealthReport(findings(row, limits))));
    probes.add(MySqlGroupHealth.probe());
    probes.addAll(MySqlActivity.probes());
    return probes;
  }

  private static List<Finding> findings(Row row, Limits limits) throws SQLException {
    return List.of(
        finding(
            "isolation",
            row.text("isolation"),
            row.text("isolation").equals("READ-COMMITTED"),
            Status.FAILURE,
            POOLER),
        finding(
            "time zone",
            row.text("time_zone"),
            row.text("time_zone").equals("+00:00"),
            Status.FAILURE,
            POOLER),
        packet(row.number("max_allowed_packet"), limits),
        finding(
            "collation of ids",
            row.number("foreign_collations") + " columns differ from utf8mb4_0900_bin",
            row.number("foreign_collations") == 0,
            Status.FAILURE,
            "ids that differ in case or accents would be one: convert the tables to"
                + " utf8mb4_0900_bin"),
        finding(
            "innodb_flush_log_at_trx_commit",
            row.text("flush_log"),
            row.text("flush_log").equals("1"),
            Status.WARNING,
            "a crash can lose commits that were confirmed: set innodb_flush_log_at_trx_commit = 1"),
        finding(
            "sync_binlog",
            row.text("sync_binlog"),
            row.text("sync_binlog").equals("1"),
            Status.WARNING,
            "after a crash, replicas can lack commits that were confirmed: set sync_binlog = 1"),
        finding(
            "binlog_format",
            row.text("binlog_format"),
            !row.text("binlog_format").equals("STATEMENT"),
            Status.FAILURE,
            "no write is possible in READ COMMITTED: set binlog_format = ROW"),
        finding(
            "innodb_doublewrite",
            row.text("doublewrite"),
            !row.text("doublewrite").equals("OFF"),
            Status.WARNING,
            "a crash of the machine can destroy pages: set innodb_doublewrite = ON"),
        finding(
            "routines",
            row.number("last_routine") == 0 ? "not all are there" : "are there",
            row.number("last_routine") > 0,
            Status.WARNING,
            "the stores need none of them, people who speak SQL do: have 10_functions.sql run by an"
                + " account with SUPER, or switch log_bin_trust_function_creators on"));
  }

  private static Finding packet(long bytes, Limits limits) {
    // A run is read as one row, which the driver takes in packets of up to 16 MiB.
    long row = limits.executionStateBytes() + 4L * limits.blobBytes() + ALLOWANCE;
    long needed = Math.max(LARGEST_STATEMENT, Math.min(row, LARGEST_PACKET));
    return finding(
        "max_allowed_packet",
        bytes + " bytes",
        bytes >= needed,
        Status.FAILURE,
        "what the limits allow does not fit into a packet: set max_allowed_packet to "
            + needed
            + " or more, or lower the limits");
  }

  private static Finding finding(
      String name, String actual, boolean good, Status otherwise, String advice) {
    return good
        ? new Finding(name, Status.OK, actual, "")
        : new Finding(name, otherwise, actual, advice);
  }
}
