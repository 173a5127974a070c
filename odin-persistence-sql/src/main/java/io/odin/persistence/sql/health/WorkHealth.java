package io.odin.persistence.sql.health;

import static io.odin.persistence.sql.health.HealthSql.EXPIRED;
import static io.odin.persistence.sql.health.HealthSql.FOUND;
import static io.odin.persistence.sql.health.HealthSql.LEASES;
import static io.odin.persistence.sql.health.HealthSql.OLDEST;
import static io.odin.persistence.sql.health.HealthSql.READY;
import static io.odin.persistence.sql.health.HealthSql.SHARDS;
import static io.odin.persistence.sql.health.HealthSql.UNOWNED;
import static io.odin.persistence.sql.namespace.NamespacesTable.NAMESPACE_NAME;
import static io.odin.persistence.sql.namespace.NamespacesTable.RETENTION_DAYS;
import static io.odin.persistence.sql.statement.Columns.DATABASE_NOW;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_NAME;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_TYPE;

import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks whether the work gets done: shards, leases, queues, retention. Thread-safe. */
final class WorkHealth {

  private static final Duration TOLERATED_LEASE = Duration.ofMinutes(1);
  private static final Duration TOLERATED_WAIT = Duration.ofMinutes(5);
  private static final Duration TOLERATED_RETENTION_LAG = Duration.ofDays(1);

  private final Database database;
  private final HealthSql sql;

  WorkHealth(Database database, HealthSql sql) {
    this.database = database;
    this.sql = sql;
  }

  /**
   * Something that is late.
   *
   * @param what it is
   * @param age by how much, or for how long
   */
  private record Late(String what, Duration age) {

    static Late since(String what, Instant since, Row row) throws SQLException {
      return new Late(what, Duration.between(since, row.get(DATABASE_NOW)));
    }

    String ageInWords() {
      long seconds = Math.max(0, age.toSeconds());
      if (seconds < 120) {
        return seconds + " s";
      }
      if (seconds < 2 * 3600) {
        return seconds / 60 + " min";
      }
      return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
  }

  List<Finding> shardOwnership() {
    return database.read(
        "health.shardOwnership",
        session -> session.query(sql.shards, Binds.none(), WorkHealth::shardOwnership));
  }

  private static Finding shardOwnership(Row row) throws SQLException {
    long all = row.get(SHARDS);
    long unowned = row.get(UNOWNED);
    long expired = row.get(EXPIRED);
    if (unowned + expired == 0) {
      return new Finding("shard ownership", Status.OK, "all " + all + " shards are owned", "");
    }
    return new Finding(
        "shard ownership",
        Status.WARNING,
        "of %d shards %d have no owner and %d an owner whose lease ran out"
            .formatted(all, unowned, expired),
        "their workflows are stalled: start an engine, or see why it does not take or renew them");
  }

  List<Finding> expiredLeases() {
    Late oldest =
        database
            .read(
                "health.expiredLeases",
                session ->
                    session.query(
                        sql.expiredLeases,
                        Binds.none(),
                        row ->
                            Late.since(
                                row.get(LEASES) + " task leases ran out",
                                row.optional(OLDEST).orElse(row.get(DATABASE_NOW)),
                                row)))
            .getFirst();
    if (oldest.age().isZero()) {
      return List.of(new Finding("task leases", Status.OK, "no task lease ran out", ""));
    }
    String detail = oldest.what() + ", the oldest " + oldest.ageInWords() + " ago";
    return List.of(
        oldest.age().compareTo(TOLERATED_LEASE) <= 0
            ? new Finding("task leases", Status.OK, detail, "")
            : new Finding(
                "task leases",
                Status.WARNING,
                detail,
                "their workers died or were too slow, and no worker takes the tasks over: start"
                    + " workers; reclaimExpired clears what is left"));
  }

  /** A sample: some timers of each shard, some records of each namespace. */
  List<Finding> consistency() {
    long timers = count("health.timersOfClosedRuns", sql.timersOfClosedRuns);
    long records = count("health.openRecordsOfClosedRuns", sql.openRecordsOfClosedRuns);
    return List.of(
        timers + records == 0
            ? new Finding(
                "consistency", Status.OK, "no timer and no open record of a closed run found", "")
            : new Finding(
                "consistency",
                Status.WARNING,
                "of closed runs, at least %d timers are due and %d records are open"
                    .formatted(timers, records),
                "another program has written rows, or tables were restored one by one: run"
                    + " optional/repair_closed_runs.sql of Schemas"));
  }

  private long count(String operation, Sql query) {
    return database
        .search(operation, session -> session.search(query, Binds.none(), row -> row.get(FOUND)))
        .getFirst();
  }

  List<Finding> backlog() {
    List<Late> waiting =
        database.search(
            "health.backlog", session -> session.search(sql.backlog, Binds.none(), this::queue));
    if (waiting.isEmpty()) {
      return List.of(new Finding("backlog", Status.OK, "no task is waiting", ""));
    }
    List<Finding> findings = new ArrayList<>();
    for (Late queue : waiting) {
      String detail = queue.what() + ", the oldest for " + queue.ageInWords();
      findings.add(
          queue.age().compareTo(TOLERATED_WAIT) <= 0
              ? new Finding("backlog", Status.OK, detail, "")
              : new Finding(
                  "backlog",
                  Status.WARNING,
                  detail,
                  "start workers for this queue, or find out what keeps them"));
    }
    return findings;
  }

  private Late queue(Row row) throws SQLException {
    return Late.since(
        "%s/%s (%s): %d tasks wait"
            .formatted(
                row.get(NAMESPACE_NAME),
                row.get(TASK_QUEUE_NAME),
                row.get(TASK_QUEUE_TYPE),
                row.get(READY)),
        row.get(OLDEST),
        row);
  }

  List<Finding> retentionLag() {
    List<Late> overdue =
        database.search(
            "health.retentionLag",
            session ->
                session.search(
                    sql.overdueRuns,
                    Binds.none(),
                    row ->
                        Late.since(
                            row.get(NAMESPACE_NAME),
                            row.get(OLDEST).plus(Duration.ofDays(row.get(RETENTION_DAYS))),
                            row)));
    return List.of(
        overdue.stream()
            .max(Comparator.comparing(Late::age))
            .map(WorkHealth::retentionLag)
            .orElseGet(
                () -> new Finding("retention lag", Status.OK, "no run is to be deleted", "")));
  }

  private static Finding retentionLag(Late oldest) {
    String detail =
        "the oldest run of namespace %s should have been deleted %s ago"
            .formatted(oldest.what(), oldest.ageInWords());
    return oldest.age().compareTo(TOLERATED_RETENTION_LAG) <= 0
        ? new Finding("retention lag", Status.OK, detail, "")
        : new Finding("retention lag", Status.WARNING, detail, "run retention: odin retention run");
  }
}
