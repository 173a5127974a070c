package io.odin.persistence.sql.schedule;

import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.RESULT;
import static io.odin.persistence.sql.schedule.ScheduleExecutionHistoryTable.SCHEDULED_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.CATCH_UP_WINDOW_SECONDS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.CREATED_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.CREATED_BY;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.CRON_EXPRESSION;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.END_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.INTERVAL_SECONDS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.JITTER_SECONDS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.KEY;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LAST_RUN_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LAST_RUN_RESULT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LEASED_UNTIL;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LEASE_ID;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.LEASE_OWNER;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.MAXIMUM_ACTIONS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.MEMO;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.NEXT_RUN_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.OVERLAP_POLICY;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.PAUSED;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.PAUSE_NOTE;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.REGULAR_RUN_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.REMAINING_ACTIONS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.REQUESTED_TIMES;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.RETRY_POLICY;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.SCHEDULE_ID;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.SCHEDULE_NAME;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.SEARCH_ATTRIBUTES;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.START_AT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.TASK_QUEUE;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.TIME_ZONE;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.VERSION;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.WORKFLOW_INPUT;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.WORKFLOW_SCHEDULES;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.WORKFLOW_TIMEOUT_SECONDS;
import static io.odin.persistence.sql.schedule.WorkflowSchedulesTable.WORKFLOW_TYPE;
import static io.odin.persistence.sql.statement.Columns.DATABASE_NOW;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.clear;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.Columns;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/** The statements over schedules. A schedule is locked before its history. */
final class ScheduleSql {

  /** How many actions an outcome takes: one if a run was started, otherwise none. */
  static final Field<Long> ACTIONS = Columns.number("actions");

  private static final List<Field<?>> DEFINITION =
      List.of(
          WORKFLOW_TYPE,
          TASK_QUEUE,
          CRON_EXPRESSION,
          INTERVAL_SECONDS,
          TIME_ZONE,
          WORKFLOW_INPUT,
          WORKFLOW_TIMEOUT_SECONDS,
          RETRY_POLICY,
          MEMO,
          SEARCH_ATTRIBUTES,
          OVERLAP_POLICY,
          CATCH_UP_WINDOW_SECONDS,
          JITTER_SECONDS,
          MAXIMUM_ACTIONS,
          START_AT,
          END_AT);
  private static final List<Field<?>> OTHERS =
      List.of(
          NAMESPACE_ID,
          SCHEDULE_ID,
          SCHEDULE_NAME,
          CREATED_BY,
          PAUSED,
          PAUSE_NOTE,
          NEXT_RUN_AT,
          LAST_RUN_AT,
          LAST_RUN_RESULT,
          REMAINING_ACTIONS,
          REQUESTED_TIMES,
          REGULAR_RUN_AT,
          VERSION,
          CREATED_AT);
  private static final List<Field<?>> COLUMNS =
      Stream.concat(OTHERS.stream(), DEFINITION.stream()).toList();
  private static final List<Field<?>> WITH_NOW =
      Stream.concat(COLUMNS.stream(), Stream.of(DatabaseClock.now().as(DATABASE_NOW))).toList();
  private static final PayloadColumns PAYLOADS = PayloadColumns.of(COLUMNS);

  /** Of the schedules with given names. */
  static final PayloadColumns MATCHING = PayloadColumns.of(Renderer.columns("t", COLUMNS));

  /** Of the schedules that are due. */
  static final PayloadColumns DUE = PayloadColumns.of(WITH_NOW);

  private static final Condition FREE =
      LEASED_UNTIL.isNull().or(LEASED_UNTIL.le(DatabaseClock.now()));
  private static final Condition HELD =
      matches(LEASE_ID)
          .and(LEASED_UNTIL.gt(DatabaseClock.now()))
          .and(NEXT_RUN_AT.eq(param(SCHEDULED_AT)));

  /** Schedules of one namespace by name. */
  static final RowShape BY_NAME =
      RowShape.into(WORKFLOW_SCHEDULES)
          .key(NAMESPACE_ID, SCHEDULE_NAME)
          .shared(NAMESPACE_ID)
          .each(SCHEDULE_NAME)
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
  final Sql request;
  final Sql advance;
  final Sql lockLease;
  final Sql recordLast;
  final PagedQuery list;

  ScheduleSql(Statements statements) {
    now = statements.query("schedules.now", DSL.select(DatabaseClock.now().as(DATABASE_NOW)));
    insert = statements.insertNew("schedules.insert", newSchedule());
    find = statements.query("schedules.find", select(matches(KEY)));
    findByName =
        statements.query("schedules.findByName", select(matches(NAMESPACE_ID, SCHEDULE_NAME)));
    findAll = statements.selectMatching("schedules.findAll", BY_NAME, MATCHING);
    lock = statements.query("schedules.lock", select(WITH_NOW, matches(KEY)).forUpdate());
    Map<Field<?>, Field<?>> definition = begunAgain(new LinkedHashMap<>(assign(DEFINITION)));
    definition.put(REMAINING_ACTIONS, param(REMAINING_ACTIONS));
    update = change(statements, "schedules.update", nextVersion(definition));
    Map<Field<?>, Field<?>> paused = new LinkedHashMap<>();
    paused.put(PAUSED, DSL.inline(true));
    paused.put(PAUSE_NOTE, param(PAUSE_NOTE));
    pause = change(statements, "schedules.pause", nextVersion(paused));
    Map<Field<?>, Field<?>> resumed = new LinkedHashMap<>();
    resumed.put(PAUSED, DSL.inline(false));
    resumed.putAll(clear(PAUSE_NOTE));
    resume = change(statements, "schedules.resume", nextVersion(begunAgain(resumed)));
    delete =
        statements.query(
            "schedules.delete", DSL.deleteFrom(WORKFLOW_SCHEDULES).where(matches(KEY)));
    due =
        statements.query(
            "schedules.due",
            select(
                    DUE.columns(),
                    PAUSED
                        .eq(DSL.inline(false))
                        .and(NEXT_RUN_AT.le(DatabaseClock.statementStart()))
                        .and(FREE)
                        .and(LiveNamespaces.of(WORKFLOW_SCHEDULES.getName())))
                .orderBy(NEXT_RUN_AT, NAMESPACE_ID, SCHEDULE_ID)
                .limit(limit())
                .forUpdate()
                .skipLocked());
    claim =
        change(
            statements,
            "schedules.claim",
            assign(LEASE_ID, LEASE_OWNER, LEASED_UNTIL, NEXT_RUN_AT));
    moveOn = change(statements, "schedules.moveOn", begunAgain(new LinkedHashMap<>()));
    Map<Field<?>, Field<?>> requested = movedTo(new LinkedHashMap<>());
    requested.putAll(assign(REQUESTED_TIMES, REGULAR_RUN_AT));
    request = change(statements, "schedules.request", requested);
    Map<Field<?>, Field<?>> advanced = movedTo(new LinkedHashMap<>());
    // MySQL assigns in this order: the next due time is decided by the count before this one.
    advanced.put(NEXT_RUN_AT, nextUnlessExhausted());
    advanced.put(REMAINING_ACTIONS, REMAINING_ACTIONS.minus(param(ACTIONS)));
    advanced.put(LAST_RUN_AT, param(SCHEDULED_AT));
    advanced.put(LAST_RUN_RESULT, param(RESULT));
    advance =
        statements.query(
            "schedules.advance",
            DSL.update(WORKFLOW_SCHEDULES).set(advanced).where(matches(KEY).and(HELD)));
    lockLease =
        statements.query(
            "schedules.lockLease",
            DSL.select(LEASE_ID).from(WORKFLOW_SCHEDULES).where(matches(KEY)).forUpdate());
    recordLast =
        statements.query(
            "schedules.recordLast",
            DSL.update(WORKFLOW_SCHEDULES)
                .set(assign(LAST_RUN_RESULT))
                .where(
                    matches(KEY)
                        .and(LAST_RUN_AT.eq(param(SCHEDULED_AT)))
                        .and(LAST_RUN_RESULT.isNull())));
    list =
        statements.pagedQuery(
            "schedules.list",
            PAYLOADS,
            columns -> select(columns, matches(NAMESPACE_ID)),
            List.of(PagedQuery.Key.ascending(SCHEDULE_NAME)));
  }

  private static RowShape newSchedule() {
    return RowShape.into(WORKFLOW_SCHEDULES)
        .key(KEY)
        .onlyIf(LiveNamespaces.GUARD)
        .shared(NAMESPACE_ID, SCHEDULE_ID, SCHEDULE_NAME)
        .shared(DEFINITION)
        .shared(CREATED_BY, REMAINING_ACTIONS, NEXT_RUN_AT, CREATED_AT)
        .build();
  }

  private static SelectConditionStep<?> select(Condition condition) {
    return select(COLUMNS, condition);
  }

  private static SelectConditionStep<?> select(List<Field<?>> columns, Condition condition) {
    return DSL.select(columns).from(WORKFLOW_SCHEDULES).where(condition);
  }

  /** Another due time, which no scheduler has claimed yet. */
  private static Map<Field<?>, Field<?>> movedTo(Map<Field<?>, Field<?>> assignments) {
    assignments.put(NEXT_RUN_AT, param(NEXT_RUN_AT));
    assignments.putAll(clear(LEASE_ID, LEASE_OWNER, LEASED_UNTIL));
    return assignments;
  }

  /** Another due time of the spec, before which none is requested any more. */
  private static Map<Field<?>, Field<?>> begunAgain(Map<Field<?>, Field<?>> assignments) {
    movedTo(assignments).putAll(clear(REQUESTED_TIMES, REGULAR_RUN_AT));
    return assignments;
  }

  /** The next due time, or none if the actions end. The column gives a null its type. */
  private static Field<Instant> nextUnlessExhausted() {
    return DSL.when(REMAINING_ACTIONS.le(param(ACTIONS)), DSL.nullif(NEXT_RUN_AT, NEXT_RUN_AT))
        .otherwise(param(NEXT_RUN_AT));
  }

  private static Map<Field<?>, Field<?>> nextVersion(Map<Field<?>, Field<?>> assignments) {
    assignments.put(VERSION, VERSION.plus(DSL.inline(1)));
    return assignments;
  }

  private static Sql change(
      Statements statements, String name, Map<Field<?>, Field<?>> assignments) {
    return statements.query(
        name, DSL.update(WORKFLOW_SCHEDULES).set(assignments).where(matches(KEY)));
  }
}
