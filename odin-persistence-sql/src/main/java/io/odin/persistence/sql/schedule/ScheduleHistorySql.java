package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over the outcomes of due times. */
final class ScheduleHistorySql {

  private static final Table<?> HISTORY = table("schedule_execution_history");
  private static final String[] SCHEDULE = {"namespace_id", "schedule_id"};
  private static final String[] DUE = {"namespace_id", "schedule_id", "scheduled_at"};
  private static final List<Field<?>> COLUMNS =
      columns(
          "namespace_id",
          "schedule_id",
          "scheduled_at",
          "workflow_id",
          "run_id",
          "started_at",
          "completed_at",
          "result",
          "error_message");
  private static final Condition PENDING = column("result").isNull();

  final Sql insert;
  final Sql find;
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
            RowShape.into(HISTORY)
                .key(DUE)
                .shared("namespace_id", RowShape.Type.UUID)
                .shared("execution_id", RowShape.Type.UUID)
                .shared("schedule_id", RowShape.Type.UUID)
                .shared("scheduled_at", RowShape.Type.INSTANT)
                .shared("workflow_id", RowShape.Type.TEXT)
                .shared("run_id", RowShape.Type.UUID)
                .shared("started_at", RowShape.Type.MICROSECONDS_FROM_NOW)
                .shared("completed_at", RowShape.Type.MICROSECONDS_FROM_NOW)
                .shared("result", RowShape.Type.TEXT)
                .shared("error_message", RowShape.Type.TEXT)
                .build());
    find =
        statements.query(
            "schedules.findRun", DSL.select(COLUMNS).from(HISTORY).where(matches(DUE)));
    findPending =
        statements.query(
            "schedules.findPending",
            DSL.select(COLUMNS)
                .from(HISTORY)
                .where(matches("namespace_id", "workflow_id", "run_id").and(PENDING)));
    Map<Field<?>, Field<?>> result =
        new LinkedHashMap<>(assign(List.of("result", "error_message")));
    result.put(column("completed_at"), DatabaseClock.now());
    recordResult =
        statements.query(
            "schedules.recordResult",
            DSL.update(HISTORY).set(result).where(matches(DUE).and(PENDING)));
    // The youngest of the old ones, then the oldest of all: null where there are no more than stay.
    Field<Object> youngest =
        DSL.field(
            DSL.select(column("scheduled_at"))
                .from(HISTORY)
                .where(matches(SCHEDULE))
                .orderBy(column("scheduled_at").desc())
                .limit(DSL.inline(1))
                .offset(DSL.param("keep", Long.class)));
    old =
        statements.query(
            "schedules.oldRuns",
            DSL.select(columns(DUE))
                .from(HISTORY)
                .where(
                    matches(SCHEDULE)
                        .and(column("scheduled_at").le(youngest))
                        .and(column("result").isNotNull()))
                .orderBy(column("scheduled_at"))
                .limit(limit()));
    delete = statements.query("schedules.deleteRun", DSL.deleteFrom(HISTORY).where(matches(DUE)));
    deleteOldest =
        statements.query(
            "schedules.deleteOldest",
            DSL.deleteFrom(HISTORY)
                .where(matches(SCHEDULE))
                .orderBy(column("scheduled_at"))
                .limit(limit()));
    history =
        statements.pagedQuery(
            "schedules.history",
            () -> DSL.select(COLUMNS).from(HISTORY).where(matches(SCHEDULE)),
            List.of(PagedQuery.Key.descending("scheduled_at", RowShape.Type.INSTANT)));
    pending =
        statements.pagedQuery(
            "schedules.pending",
            () -> DSL.select(COLUMNS).from(HISTORY).where(matches("namespace_id").and(PENDING)),
            List.of(
                PagedQuery.Key.ascending("scheduled_at", RowShape.Type.INSTANT),
                PagedQuery.Key.ascending("schedule_id", RowShape.Type.UUID)));
  }
}
