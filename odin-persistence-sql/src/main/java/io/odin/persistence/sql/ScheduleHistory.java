package io.odin.persistence.sql;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What came of due times. Thread-safe. */
final class ScheduleHistory {

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
              session.first(sql.findPending, ExecutionRows.run(run), ScheduleRows::run);
          return pending.isPresent() && record(session, pending.get(), result, message);
        });
  }

  private boolean record(Session session, ScheduleRun run, ScheduleResult result, String message)
      throws SQLException {
    Binds binds =
        ScheduleRows.due(run.schedule(), run.dueAt())
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
                session, ScheduleRows.key(schedule), page, schedule.toString(), ScheduleRows::run));
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
                ScheduleRows::run));
  }

  int trim(ScheduleKey schedule, int keep, int limit) {
    Binds old = ScheduleRows.key(schedule).and("keep", keep).and("limit", limit);
    return database.transaction(
        "schedules.trimHistory",
        session -> {
          List<Binds> found =
              session.query(
                  sql.old, old, row -> ScheduleRows.due(schedule, row.instant("scheduled_at")));
          return Arrays.stream(session.batch(sql.delete, found)).sum();
        });
  }
}
