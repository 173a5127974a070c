package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.COMPLETED_AT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.ERROR_MESSAGE;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.EXECUTION_ID;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.RESULT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.SCHEDULED_AT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.SCHEDULE_EXECUTION_HISTORY;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.SCHEDULE_ID;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.STARTED_AT;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.rows;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The statements over the outcomes of due times. */
final class ScheduleHistorySql {

  static final Field<Integer> KEEP = integer("keep");

  private static final List<Field<?>> SCHEDULE = List.of(NAMESPACE_ID, SCHEDULE_ID);
  private static final List<Field<?>> DUE = List.of(NAMESPACE_ID, SCHEDULE_ID, SCHEDULED_AT);
  private static final List<Field<?>> COLUMNS =
      List.of(
          NAMESPACE_ID,
          SCHEDULE_ID,
          SCHEDULED_AT,
          WORKFLOW_ID,
          RUN_ID,
          STARTED_AT,
          COMPLETED_AT,
          RESULT,
          ERROR_MESSAGE);
  private static final Condition PENDING = RESULT.isNull();

  /** Due times of one schedule. */
  static final RowShape DUE_TIMES =
      RowShape.into(SCHEDULE_EXECUTION_HISTORY)
          .key(DUE)
          .shared(NAMESPACE_ID, SCHEDULE_ID)
          .each(SCHEDULED_AT)
          .build();

  final Sql insert;
  final Sql find;
  final Sql recorded;
  final Sql findPending;
  final Sql recordResult;
  final Sql old;
  final Sql delete;
  final Sql deleteOldest;
  final PagedQuery history;
  final PagedQuery pending;

  ScheduleHistorySql(Statements statements) {
    insert =
        statements.insertNew(
            "schedules.insertRun",
            RowShape.into(SCHEDULE_EXECUTION_HISTORY)
                .key(DUE)
                .shared(NAMESPACE_ID, EXECUTION_ID, SCHEDULE_ID, SCHEDULED_AT, WORKFLOW_ID, RUN_ID)
                .sharedFromNow(STARTED_AT, COMPLETED_AT)
                .shared(RESULT, ERROR_MESSAGE)
                .build());
    find =
        statements.query(
            "schedules.findRun",
            DSL.select(COLUMNS).from(SCHEDULE_EXECUTION_HISTORY).where(matches(DUE)));
    recorded =
        statements.selectMatching(
            "schedules.recorded",
            DUE_TIMES,
            PayloadColumns.none(columns("t", List.of(SCHEDULED_AT, RESULT))));
    findPending =
        statements.query(
            "schedules.findPending",
            DSL.select(COLUMNS)
                .from(SCHEDULE_EXECUTION_HISTORY)
                .where(matches(NAMESPACE_ID, WORKFLOW_ID, RUN_ID).and(PENDING)));
    Map<Field<?>, Field<?>> result = new LinkedHashMap<>(assign(RESULT, ERROR_MESSAGE));
    result.put(COMPLETED_AT, DatabaseClock.now());
    recordResult =
        statements.query(
            "schedules.recordResult",
            DSL.update(SCHEDULE_EXECUTION_HISTORY).set(result).where(matches(DUE).and(PENDING)));
    // The youngest of the old ones, then the oldest of all: null where there are no more than stay.
    Field<Instant> youngest =
        DSL.field(
            DSL.select(SCHEDULED_AT)
                .from(SCHEDULE_EXECUTION_HISTORY)
                .where(matches(SCHEDULE))
                .orderBy(SCHEDULED_AT.desc())
                .limit(DSL.inline(1))
                .offset(rows(KEEP)));
    old =
        statements.query(
            "schedules.oldRuns",
            DSL.select(DUE)
                .from(SCHEDULE_EXECUTION_HISTORY)
                .where(matches(SCHEDULE).and(SCHEDULED_AT.le(youngest)).and(RESULT.isNotNull()))
                .orderBy(SCHEDULED_AT)
                .limit(limit()));
    delete =
        statements.query(
            "schedules.deleteRun", DSL.deleteFrom(SCHEDULE_EXECUTION_HISTORY).where(matches(DUE)));
    deleteOldest =
        statements.query(
            "schedules.deleteOldest",
            DSL.deleteFrom(SCHEDULE_EXECUTION_HISTORY)
                .where(matches(SCHEDULE))
                .orderBy(SCHEDULED_AT)
                .limit(limit()));
    history =
        statements.pagedQuery(
            "schedules.history",
            () -> DSL.select(COLUMNS).from(SCHEDULE_EXECUTION_HISTORY).where(matches(SCHEDULE)),
            List.of(PagedQuery.Key.descending(SCHEDULED_AT)));
    pending =
        statements.pagedQuery(
            "schedules.pending",
            () ->
                DSL.select(COLUMNS)
                    .from(SCHEDULE_EXECUTION_HISTORY)
                    .where(matches(NAMESPACE_ID).and(PENDING)),
            List.of(PagedQuery.Key.ascending(SCHEDULED_AT), PagedQuery.Key.ascending(SCHEDULE_ID)));
  }
}
