package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.ERROR_MESSAGE;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.RESULT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.SCHEDULED_AT;
import static io.odin.persistence.sql.schedule.ScheduleHistorySql.KEEP;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LAST_RUN_RESULT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LEASE_ID;
import static io.odin.persistence.sql.statement.Columns.LIMIT;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
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
            .and(LAST_RUN_RESULT, result.value())
            .and(RESULT, result.value())
            .and(ERROR_MESSAGE, message);
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
                Binds.of(NAMESPACE_ID, namespace.value()),
                page,
                namespace.toString(),
                ScheduleMapper::run));
  }

  /** All of it, the oldest first, and in the transaction of the last chunk the schedule. */
  void delete(ScheduleKey schedule) {
    Binds chunk = ScheduleMapper.key(schedule).and(LIMIT, CHUNK);
    database.inParts(
        parts -> {
          boolean isLast = false;
          while (!isLast) {
            isLast = parts.transaction("schedules.delete", session -> deleteChunk(session, chunk));
          }
          return isLast;
        });
  }

  private boolean deleteChunk(Session session, Binds chunk) throws SQLException {
    List<Step.Result> results =
        session.run(
            List.of(
                Step.query(schedules.lockLease, chunk, row -> row.optional(LEASE_ID)),
                Step.change(sql.deleteOldest, chunk)));
    boolean isLast = results.getLast().count() < CHUNK;
    if (isLast) {
      if (session.update(schedules.delete, chunk) == 0 && results.getLast().count() == 0) {
        session.confirm();
      }
    }
    return isLast;
  }

  int trim(ScheduleKey schedule, int keep, int limit) {
    Binds old = ScheduleMapper.key(schedule).and(KEEP, keep).and(LIMIT, limit);
    return database.transaction(
        "schedules.trimHistory",
        session -> {
          List<Binds> found =
              session.query(
                  sql.old, old, row -> ScheduleMapper.due(schedule, row.get(SCHEDULED_AT)));
          return Arrays.stream(session.batch(sql.delete, found)).sum();
        });
  }
}
