package io.odin.persistence.sql.schedule;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The outcomes of due times. Thread-safe. */
final class ScheduleHistory {

  /** The maximum number of records that a transaction deletes. */
  private static final int CHUNK = 1000;

  private final Database database;
  private final ScheduleSql schedules;
  private final ScheduleHistorySql sql;

  ScheduleHistory(Database database, ScheduleSql schedules, ScheduleHistorySql sql) {
    this.database = database;
    this.schedules = schedules;
    this.sql = sql;
  }

  boolean recordResult(RunKey run, ScheduleResult result, String message) {
    return database.transaction(
        "schedules.recordResult",
        session -> {
          Optional<ScheduleRun> pending =
              session.first(sql.findPending, RunMapper.run(run), ScheduleMapper::run);
          return pending.isPresent() && record(session, pending.get(), result, message);
        });
  }

  private boolean record(Session session, ScheduleRun run, ScheduleResult result, String message)
      throws SQLException {
    Binds binds =
        ScheduleMapper.due(run.schedule(), run.dueAt())
            .and("last_run_result", result.value())
            .and("result", result.value())
            .and("error_message", message);
    List<Step.Result> results =
        session.run(
            List.of(
                Step.change(schedules.recordLast, binds), Step.change(sql.recordResult, binds)));
    return results.getLast().count() == 1;
  }

  Page<ScheduleRun> list(ScheduleKey schedule, PageRequest page) {
    return database.read(
        "schedules.history",
        session ->
            sql.history.page(
                session,
                ScheduleMapper.key(schedule),
                page,
                schedule.toString(),
                ScheduleMapper::run));
  }

  Page<ScheduleRun> pending(NamespaceId namespace, PageRequest page) {
    return database.read(
        "schedules.pending",
        session ->
            sql.pending.page(
                session,
                Binds.of("namespace_id", namespace.value()),
                page,
                namespace.toString(),
                ScheduleMapper::run));
  }

  /** All of it, the oldest first, and in the transaction of the last chunk the schedule. */
  void delete(ScheduleKey schedule) {
    Binds chunk = ScheduleMapper.key(schedule).and("limit", CHUNK);
    boolean isLast = false;
    while (!isLast) {
      isLast = database.transaction("schedules.delete", session -> deleteChunk(session, chunk));
    }
  }

  private boolean deleteChunk(Session session, Binds chunk) throws SQLException {
    List<Step.Result> results =
        session.run(
            List.of(
                Step.query(schedules.lockLease, chunk, row -> row.optionalUuid("lease_id")),
                Step.change(sql.deleteOldest, chunk)));
    boolean isLast = results.getLast().count() < CHUNK;
    if (isLast) {
      session.update(schedules.delete, chunk);
    }
    return isLast;
  }

  int trim(ScheduleKey schedule, int keep, int limit) {
    Binds old = ScheduleMapper.key(schedule).and("keep", keep).and("limit", limit);
    return database.transaction(
        "schedules.trimHistory",
        session -> {
          List<Binds> found =
              session.query(
                  sql.old, old, row -> ScheduleMapper.due(schedule, row.instant("scheduled_at")));
          return Arrays.stream(session.batch(sql.delete, found)).sum();
        });
  }
}
