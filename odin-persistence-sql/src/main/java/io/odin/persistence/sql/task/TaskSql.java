package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over tasks and their leases. A task row is always locked before its lease row. */
final class TaskSql {

  private static final Table<?> TASKS = table("task_queues");
  private static final Table<?> LEASES = table("task_queue_leases");
  private static final Table<?> COMPLETIONS = table("task_completions");
  private static final String[] KEY = {
    "namespace_id", "task_queue_name", "task_queue_type", "task_id"
  };
  private static final Condition LIVE = column("leased_until").gt(DatabaseClock.now());
  private static final Condition NOT_LIVE =
      column("leased_until").isNull().or(column("leased_until").le(DatabaseClock.now()));
  private static final Condition HELD = matches(KEY).and(matches("lease_id")).and(LIVE);
  private static final Condition EXPIRED = column("expiry_at").le(DatabaseClock.statementStart());
  private static final Field<Object> NOTHING = DSL.inline((Object) null);

  /** New tasks of one namespace. */
  static final RowShape NEW_TASKS =
      RowShape.into(TASKS)
          .key(KEY)
          .shared("namespace_id", RowShape.Type.UUID)
          .each("task_queue_name", RowShape.Type.TEXT)
          .each("task_queue_type", RowShape.Type.TEXT)
          .each("task_id", RowShape.Type.NUMBER)
          .each("workflow_id", RowShape.Type.TEXT)
          .each("run_id", RowShape.Type.UUID)
          .each("scheduled_at", RowShape.Type.MICROSECONDS_FROM_NOW)
          .each("expiry_at", RowShape.Type.MICROSECONDS_FROM_NOW)
          .each("task_data", RowShape.Type.JSON)
          .each("partition_hash", RowShape.Type.INTEGER)
          .each("priority", RowShape.Type.INTEGER)
          .build();

  final Sql insert;
  final Sql find;
  final Sql heartbeat;
  final Sql heartbeatLease;
  final Sql heldUntil;
  final Sql lockHeld;
  final Sql retry;
  final Sql release;
  final Sql delete;
  final Sql deleteLease;
  final Sql leaseState;
  final Sql findCompletion;
  final Sql depth;
  final Sql expiredLeases;
  final Sql clearExpired;
  final Sql expiredTasks;
  final Sql oldCompletions;
  final Sql deleteCompletion;

  TaskSql(Statements statements) {
    insert = statements.insertNew("taskQueues.insert", NEW_TASKS);
    find =
        statements.query(
            "taskQueues.find",
            DSL.select(columns("workflow_id", "run_id", "task_data", "priority"))
                .from(TASKS)
                .where(matches(KEY)));
    heartbeat =
        statements.query(
            "taskQueues.heartbeat",
            DSL.update(TASKS)
                .set(
                    Map.of(
                        column("leased_until"),
                        DSL.greatest(
                            column("leased_until"),
                            DatabaseClock.after(param("lease_microseconds")))))
                .where(HELD));
    heartbeatLease =
        statements.query(
            "taskQueues.heartbeatLease",
            DSL.update(LEASES)
                .set(
                    Map.of(
                        column("lease_expires_at"),
                        DSL.field(
                            DSL.select(column("leased_until")).from(TASKS).where(matches(KEY)))))
                .set(Map.of(column("heartbeat_at"), DatabaseClock.now()))
                .where(matches(KEY).and(matches("lease_id"))));
    heldUntil =
        statements.query(
            "taskQueues.heldUntil", DSL.select(columns("leased_until")).from(TASKS).where(HELD));
    lockHeld =
        statements.query(
            "taskQueues.lockHeld",
            DSL.select(columns("attempt_count")).from(TASKS).where(HELD).forUpdate());
    retry =
        statements.query(
            "taskQueues.retry",
            DSL.update(TASKS)
                .set(withoutLease())
                .set(
                    Map.of(
                        column("scheduled_at"), DatabaseClock.after(param("delay_microseconds"))))
                .where(HELD));
    release =
        statements.query(
            "taskQueues.release",
            DSL.update(TASKS)
                .set(withoutLease())
                .set(Map.of(column("attempt_count"), column("attempt_count").minus(DSL.inline(1))))
                .where(HELD));
    delete = statements.query("taskQueues.delete", DSL.deleteFrom(TASKS).where(matches(KEY)));
    deleteLease =
        statements.query("taskQueues.deleteLease", DSL.deleteFrom(LEASES).where(matches(KEY)));
    leaseState =
        statements.query(
            "taskQueues.leaseState",
            DSL.select(columns("lease_id", "leased_until")).from(TASKS).where(matches(KEY)));
    findCompletion =
        statements.query(
            "taskQueues.findCompletion",
            DSL.select(columns("lease_id"))
                .from(COMPLETIONS)
                .where(matches("namespace_id", "lease_id")));
    depth = statements.query("taskQueues.depth", depth());
    expiredLeases =
        statements.query(
            "taskQueues.expiredLeases",
            DSL.select(columns("task_queue_name", "task_queue_type", "task_id", "lease_id"))
                .from(LEASES)
                .where(
                    matches("namespace_id")
                        .and(column("lease_expires_at").le(DatabaseClock.statementStart())))
                .orderBy(columns("task_queue_name", "task_queue_type", "task_id"))
                .limit(limit()));
    clearExpired =
        statements.query(
            "taskQueues.clearExpired",
            DSL.update(TASKS)
                .set(withoutLease())
                .where(matches(KEY).and(matches("lease_id")).and(NOT_LIVE)));
    expiredTasks =
        statements.query(
            "taskQueues.expiredTasks",
            DSL.select(columns("task_queue_name", "task_queue_type", "task_id"))
                .from(TASKS)
                .where(matches("namespace_id").and(EXPIRED).and(NOT_LIVE))
                .orderBy(column("expiry_at"))
                .limit(limit())
                .forUpdate()
                .skipLocked());
    oldCompletions =
        statements.query(
            "taskQueues.oldCompletions",
            DSL.select(columns("lease_id"))
                .from(COMPLETIONS)
                .where(
                    matches("namespace_id")
                        .and(
                            column("completed_at")
                                .lt(DatabaseClock.before(param("age_microseconds")))))
                .limit(limit()));
    deleteCompletion =
        statements.query(
            "taskQueues.deleteCompletion",
            DSL.deleteFrom(COMPLETIONS).where(matches("namespace_id", "lease_id")));
  }

  private static Select<?> depth() {
    Field<Object> now = DatabaseClock.statementStart();
    Condition unexpired = column("expiry_at").isNull().or(column("expiry_at").gt(now));
    Condition ready = column("available_at").le(now).and(unexpired);
    Condition leased = column("leased_until").gt(now);
    Condition delayed =
        column("available_at").gt(now).and(column("leased_until").isNull()).and(unexpired);
    return DSL.select(
            count(ready).as("ready"),
            count(delayed).as("not_due"),
            count(leased).as("leased"),
            DSL.min(DSL.when(ready, column("available_at"))).as("oldest_ready"),
            now.as("database_now"))
        .from(TASKS)
        .where(matches("namespace_id", "task_queue_name", "task_queue_type"));
  }

  private static Field<?> count(Condition condition) {
    return DSL.count(DSL.when(condition, DSL.inline(1)));
  }

  /** No worker has the task. */
  private static Map<Field<?>, Field<?>> withoutLease() {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
    assignments.put(column("lease_id"), NOTHING);
    assignments.put(column("leased_until"), NOTHING);
    return assignments;
  }
}
