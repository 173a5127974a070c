package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over schedules. A schedule is locked before its history. */
final class ScheduleSql {

  private static final Table<?> SCHEDULES = table("workflow_schedules");
  private static final String[] KEY = {"namespace_id", "schedule_id"};
  private static final List<String> DEFINITION =
      List.of(
          "workflow_type",
          "task_queue",
          "cron_expression",
          "interval_seconds",
          "time_zone",
          "workflow_input",
          "workflow_timeout_seconds",
          "retry_policy",
          "memo",
          "search_attributes",
          "overlap_policy",
          "catch_up_window_seconds",
          "start_at",
          "end_at");
  private static final List<String> OTHERS =
      List.of(
          "namespace_id",
          "schedule_id",
          "schedule_name",
          "created_by",
          "paused",
          "pause_note",
          "next_run_at",
          "last_run_at",
          "last_run_result",
          "version",
          "created_at");
  private static final Field<Object> NOTHING = DSL.inline((Object) null);
  private static final Condition FREE =
      column("leased_until").isNull().or(column("leased_until").le(DatabaseClock.now()));
  private static final Condition HELD =
      matches("lease_id")
          .and(column("leased_until").gt(DatabaseClock.now()))
          .and(column("next_run_at").eq(param("scheduled_at")));

  /** Schedules of one namespace by name. */
  static final RowShape BY_NAME =
      RowShape.into(SCHEDULES)
          .key("namespace_id", "schedule_name")
          .shared("namespace_id", RowShape.Type.UUID)
          .each("schedule_name", RowShape.Type.TEXT)
          .build();

  final Sql now;
  final Sql insert;
  final Sql find;
  final Sql findByName;
  final Sql findAll;
  final Sql lock;
  final Sql update;
  final Sql pause;
  final Sql resume;
  final Sql delete;
  final Sql due;
  final Sql claim;
  final Sql moveOn;
  final Sql advance;
  final Sql lockLease;
  final Sql recordLast;
  final PagedQuery list;

  ScheduleSql(Statements statements) {
    now = statements.query("schedules.now", DSL.select(DatabaseClock.now().as("database_now")));
    insert = statements.insertNew("schedules.insert", newSchedule());
    find = statements.query("schedules.find", select(matches(KEY)));
    findByName =
        statements.query("schedules.findByName", select(matches("namespace_id", "schedule_name")));
    findAll = statements.selectMatching("schedules.findAll", BY_NAME, all());
    lock = statements.query("schedules.lock", selectWithNow(matches(KEY)).forUpdate());
    Map<Field<?>, Field<?>> definition = movedTo(new LinkedHashMap<>(assign(DEFINITION)));
    update = change(statements, "schedules.update", nextVersion(definition));
    Map<Field<?>, Field<?>> paused = new LinkedHashMap<>();
    paused.put(column("paused"), DSL.inline(true));
    paused.put(column("pause_note"), param("pause_note"));
    pause = change(statements, "schedules.pause", nextVersion(paused));
    Map<Field<?>, Field<?>> resumed = new LinkedHashMap<>();
    resumed.put(column("paused"), DSL.inline(false));
    resumed.put(column("pause_note"), NOTHING);
    resume = change(statements, "schedules.resume", nextVersion(movedTo(resumed)));
    delete = statements.query("schedules.delete", DSL.deleteFrom(SCHEDULES).where(matches(KEY)));
    due =
        statements.query(
            "schedules.due",
            selectWithNow(
                    column("paused")
                        .eq(DSL.inline(false))
                        .and(column("next_run_at").le(DatabaseClock.statementStart()))
                        .and(FREE))
                .orderBy(columns("next_run_at", "namespace_id", "schedule_id"))
                .limit(limit())
                .forUpdate()
                .skipLocked());
    claim =
        change(
            statements,
            "schedules.claim",
            assign(List.of("lease_id", "lease_owner", "leased_until", "next_run_at")));
    moveOn = change(statements, "schedules.moveOn", movedTo(new LinkedHashMap<>()));
    Map<Field<?>, Field<?>> advanced = movedTo(new LinkedHashMap<>());
    advanced.put(column("last_run_at"), param("scheduled_at"));
    advanced.put(column("last_run_result"), param("result"));
    advance =
        statements.query(
            "schedules.advance", DSL.update(SCHEDULES).set(advanced).where(matches(KEY).and(HELD)));
    lockLease =
        statements.query(
            "schedules.lockLease",
            DSL.select(columns("lease_id")).from(SCHEDULES).where(matches(KEY)).forUpdate());
    recordLast =
        statements.query(
            "schedules.recordLast",
            DSL.update(SCHEDULES)
                .set(assign(List.of("last_run_result")))
                .where(
                    matches(KEY)
                        .and(column("last_run_at").eq(param("scheduled_at")))
                        .and(column("last_run_result").isNull())));
    list =
        statements.pagedQuery(
            "schedules.list",
            () -> select(matches("namespace_id")),
            List.of(PagedQuery.Key.ascending("schedule_name", RowShape.Type.TEXT)));
  }

  private static RowShape newSchedule() {
    return RowShape.into(SCHEDULES)
        .key(KEY)
        .shared("namespace_id", RowShape.Type.UUID)
        .shared("schedule_id", RowShape.Type.UUID)
        .shared("schedule_name", RowShape.Type.TEXT)
        .shared("workflow_type", RowShape.Type.TEXT)
        .shared("task_queue", RowShape.Type.TEXT)
        .shared("cron_expression", RowShape.Type.TEXT)
        .shared("interval_seconds", RowShape.Type.NUMBER)
        .shared("time_zone", RowShape.Type.TEXT)
        .shared("workflow_input", RowShape.Type.JSON)
        .shared("workflow_timeout_seconds", RowShape.Type.NUMBER)
        .shared("retry_policy", RowShape.Type.JSON)
        .shared("memo", RowShape.Type.JSON)
        .shared("search_attributes", RowShape.Type.JSON)
        .shared("overlap_policy", RowShape.Type.TEXT)
        .shared("catch_up_window_seconds", RowShape.Type.NUMBER)
        .shared("start_at", RowShape.Type.INSTANT)
        .shared("end_at", RowShape.Type.INSTANT)
        .shared("created_by", RowShape.Type.TEXT)
        .shared("next_run_at", RowShape.Type.INSTANT)
        .shared("created_at", RowShape.Type.INSTANT)
        .build();
  }

  private static List<Field<?>> all() {
    List<Field<?>> all = new ArrayList<>();
    OTHERS.forEach(name -> all.add(column(name)));
    DEFINITION.forEach(name -> all.add(column(name)));
    return all;
  }

  private static SelectConditionStep<?> select(Condition condition) {
    return DSL.select(all()).from(SCHEDULES).where(condition);
  }

  private static SelectConditionStep<?> selectWithNow(Condition condition) {
    List<Field<?>> fields = all();
    fields.add(DatabaseClock.now().as("database_now"));
    return DSL.select(fields).from(SCHEDULES).where(condition);
  }

  /** Another due time, which no scheduler has claimed yet. */
  private static Map<Field<?>, Field<?>> movedTo(Map<Field<?>, Field<?>> assignments) {
    assignments.put(column("next_run_at"), param("next_run_at"));
    assignments.put(column("lease_id"), NOTHING);
    assignments.put(column("lease_owner"), NOTHING);
    assignments.put(column("leased_until"), NOTHING);
    return assignments;
  }

  private static Map<Field<?>, Field<?>> nextVersion(Map<Field<?>, Field<?>> assignments) {
    assignments.put(column("version"), column("version").plus(DSL.inline(1)));
    return assignments;
  }

  private static Sql change(
      Statements statements, String name, Map<Field<?>, Field<?>> assignments) {
    return statements.query(name, DSL.update(SCHEDULES).set(assignments).where(matches(KEY)));
  }
}
