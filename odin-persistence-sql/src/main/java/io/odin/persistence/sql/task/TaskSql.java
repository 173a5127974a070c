package io.odin.persistence.sql.task;

import static io.odin.persistence.sql.statement.Columns.AGE;
import static io.odin.persistence.sql.statement.Columns.DATABASE_NOW;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.microseconds;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Renderer.clear;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;
import static io.odin.persistence.sql.task.TaskCompletionsTable.COMPLETED_AT;
import static io.odin.persistence.sql.task.TaskCompletionsTable.LEASE_END;
import static io.odin.persistence.sql.task.TaskCompletionsTable.TASK_COMPLETIONS;
import static io.odin.persistence.sql.task.TaskEndingsTable.ENDED_AT;
import static io.odin.persistence.sql.task.TaskEndingsTable.TASK_ENDINGS;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.HEARTBEAT_AT;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.LEASE_EXPIRES_AT;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.TASK_QUEUE_LEASES;
import static io.odin.persistence.sql.task.TaskQueuesTable.ATTEMPT_COUNT;
import static io.odin.persistence.sql.task.TaskQueuesTable.AVAILABLE_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.CONTENT_HASH;
import static io.odin.persistence.sql.task.TaskQueuesTable.EXPIRY_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.KEY;
import static io.odin.persistence.sql.task.TaskQueuesTable.LEASED_UNTIL;
import static io.odin.persistence.sql.task.TaskQueuesTable.LEASE_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.PARTITION_HASH;
import static io.odin.persistence.sql.task.TaskQueuesTable.PRIORITY;
import static io.odin.persistence.sql.task.TaskQueuesTable.SCHEDULED_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_BYTES;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_DATA;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_ID;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUES;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_NAME;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_TYPE;

import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** The statements over tasks and their leases. A task row is always locked before its lease row. */
final class TaskSql {

  private static final Condition LIVE = LEASED_UNTIL.gt(DatabaseClock.now());
  private static final Condition NOT_LIVE =
      LEASED_UNTIL.isNull().or(LEASED_UNTIL.le(DatabaseClock.now()));
  private static final Condition HELD = matches(KEY).and(matches(LEASE_ID)).and(LIVE);
  private static final Condition EXPIRED = EXPIRY_AT.le(DatabaseClock.statementStart());
  static final Field<Duration> LEASE_FOR = microseconds("lease_microseconds");
  static final Field<Duration> DELAY = microseconds("delay_microseconds");
  static final Field<Long> READY = number("ready");
  static final Field<Long> NOT_DUE = number("not_due");
  static final Field<Long> LEASED = number("leased");
  static final Field<Instant> OLDEST_READY = instant("oldest_ready");

  /** New tasks of one namespace. */
  static final RowShape NEW_TASKS = newTasks().onlyIf(LiveNamespaces.GUARD).build();

  /** New tasks of one namespace, some under ids of the caller. */
  static final RowShape NAMED_TASKS =
      newTasks().each(CONTENT_HASH).onlyIf(LiveNamespaces.GUARD).build();

  /** The keys of tasks of one namespace that may have ended. */
  static final RowShape ENDED_TASKS =
      RowShape.into(TASK_ENDINGS)
          .key(KEY)
          .shared(NAMESPACE_ID)
          .each(TASK_QUEUE_NAME, TASK_QUEUE_TYPE, TASK_ID)
          .build();

  private static RowShape.Builder newTasks() {
    return RowShape.into(TASK_QUEUES)
        .key(KEY)
        .shared(NAMESPACE_ID)
        .each(TASK_QUEUE_NAME, TASK_QUEUE_TYPE, TASK_ID, WORKFLOW_ID, RUN_ID)
        .eachFromNow(SCHEDULED_AT, EXPIRY_AT)
        .each(TASK_DATA, TASK_BYTES, PARTITION_HASH, PRIORITY);
  }

  final Sql insert;
  final Sql insertNamed;
  final Sql insertFenced;
  final Sql insertNamedFenced;
  final Sql ended;
  final Sql deleteEnded;
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
  final Sql recordLeaseEnd;
  final Sql findLeaseEnd;
  final Sql depth;
  final Sql expiredLeases;
  final Sql clearExpired;
  final Sql expiredTasks;
  final Sql oldCompletions;
  final Sql deleteCompletion;
  final Sql insertEnding;
  final Sql deleteEnding;
  final Sql oldEndings;

  TaskSql(Statements statements) {
    insert = statements.insertNew("taskQueues.insert", NEW_TASKS);
    insertNamed = statements.insertNew("taskQueues.insertNamed", NAMED_TASKS);
    insertFenced = statements.insertNew("taskQueues.insertFenced", newTasks().build());
    insertNamedFenced =
        statements.insertNew("taskQueues.insertNamedFenced", newTasks().each(CONTENT_HASH).build());
    ended =
        statements.selectMatching(
            "taskQueues.ended",
            ENDED_TASKS,
            PayloadColumns.none(
                Renderer.columns(
                    "t", List.of(TASK_QUEUE_NAME, TASK_QUEUE_TYPE, TASK_ID, CONTENT_HASH))));
    deleteEnded =
        statements.query(
            "taskQueues.deleteEnded",
            DSL.deleteFrom(TASK_QUEUES).where(matches(KEY).and(matches(CONTENT_HASH))));
    find =
        statements.query(
            "taskQueues.find",
            DSL.select(WORKFLOW_ID, RUN_ID, TASK_DATA, TASK_BYTES, PRIORITY)
                .from(TASK_QUEUES)
                .where(matches(KEY)));
    heartbeat =
        statements.query(
            "taskQueues.heartbeat",
            DSL.update(TASK_QUEUES)
                .set(
                    Map.of(
                        LEASED_UNTIL,
                        DSL.greatest(LEASED_UNTIL, DatabaseClock.after(param(LEASE_FOR)))))
                .where(HELD));
    heartbeatLease =
        statements.query(
            "taskQueues.heartbeatLease",
            DSL.update(TASK_QUEUE_LEASES)
                .set(
                    Map.of(
                        LEASE_EXPIRES_AT,
                        DSL.field(DSL.select(LEASED_UNTIL).from(TASK_QUEUES).where(matches(KEY)))))
                .set(Map.of(HEARTBEAT_AT, DatabaseClock.now()))
                .where(matches(KEY).and(matches(LEASE_ID))));
    heldUntil =
        statements.query(
            "taskQueues.heldUntil", DSL.select(LEASED_UNTIL).from(TASK_QUEUES).where(HELD));
    lockHeld =
        statements.query(
            "taskQueues.lockHeld",
            DSL.select(ATTEMPT_COUNT).from(TASK_QUEUES).where(HELD).forUpdate());
    retry =
        statements.query(
            "taskQueues.retry",
            DSL.update(TASK_QUEUES)
                .set(withoutLease())
                .set(Map.of(SCHEDULED_AT, DatabaseClock.after(param(DELAY))))
                .where(HELD));
    release =
        statements.query(
            "taskQueues.release",
            DSL.update(TASK_QUEUES)
                .set(withoutLease())
                .set(Map.of(ATTEMPT_COUNT, ATTEMPT_COUNT.minus(DSL.inline(1))))
                .where(HELD));
    delete = statements.query("taskQueues.delete", DSL.deleteFrom(TASK_QUEUES).where(matches(KEY)));
    deleteLease =
        statements.query(
            "taskQueues.deleteLease", DSL.deleteFrom(TASK_QUEUE_LEASES).where(matches(KEY)));
    leaseState =
        statements.query(
            "taskQueues.leaseState",
            DSL.select(LEASE_ID, LEASED_UNTIL).from(TASK_QUEUES).where(matches(KEY)));
    recordLeaseEnd =
        statements.insertNew(
            "taskQueues.recordLeaseEnd",
            RowShape.into(TASK_COMPLETIONS)
                .key(NAMESPACE_ID, LEASE_ID)
                .shared(NAMESPACE_ID, LEASE_ID, LEASE_END)
                .build());
    findLeaseEnd =
        statements.query(
            "taskQueues.findLeaseEnd",
            DSL.select(LEASE_END).from(TASK_COMPLETIONS).where(matches(NAMESPACE_ID, LEASE_ID)));
    depth = statements.query("taskQueues.depth", depth());
    expiredLeases =
        statements.query(
            "taskQueues.expiredLeases",
            DSL.select(TASK_QUEUE_NAME, TASK_QUEUE_TYPE, TASK_ID, LEASE_ID)
                .from(TASK_QUEUE_LEASES)
                .where(
                    matches(NAMESPACE_ID).and(LEASE_EXPIRES_AT.le(DatabaseClock.statementStart())))
                .orderBy(TASK_QUEUE_NAME, TASK_QUEUE_TYPE, TASK_ID)
                .limit(limit()));
    clearExpired =
        statements.query(
            "taskQueues.clearExpired",
            DSL.update(TASK_QUEUES)
                .set(withoutLease())
                .where(matches(KEY).and(matches(LEASE_ID)).and(NOT_LIVE)));
    expiredTasks =
        statements.query(
            "taskQueues.expiredTasks",
            DSL.select(TASK_QUEUE_NAME, TASK_QUEUE_TYPE, TASK_ID)
                .from(TASK_QUEUES)
                .where(matches(NAMESPACE_ID).and(EXPIRED).and(NOT_LIVE))
                .orderBy(EXPIRY_AT)
                .limit(limit())
                .forUpdate()
                .skipLocked());
    oldCompletions =
        statements.query(
            "taskQueues.oldCompletions",
            DSL.select(LEASE_ID)
                .from(TASK_COMPLETIONS)
                .where(matches(NAMESPACE_ID).and(COMPLETED_AT.lt(DatabaseClock.before(param(AGE)))))
                .limit(limit()));
    deleteCompletion =
        statements.query(
            "taskQueues.deleteCompletion",
            DSL.deleteFrom(TASK_COMPLETIONS).where(matches(NAMESPACE_ID, LEASE_ID)));
    insertEnding =
        statements.query(
            "taskQueues.insertEnding",
            DSL.insertInto(TASK_ENDINGS)
                .columns(ending())
                .select(
                    DSL.select(ending())
                        .from(TASK_QUEUES)
                        .where(matches(KEY).and(TASK_ID.ge(DSL.inline(0L))))));
    deleteEnding =
        statements.query(
            "taskQueues.deleteEnding", DSL.deleteFrom(TASK_ENDINGS).where(matches(KEY)));
    oldEndings =
        statements.query(
            "taskQueues.oldEndings",
            DSL.select(TASK_QUEUE_NAME, TASK_QUEUE_TYPE, TASK_ID)
                .from(TASK_ENDINGS)
                .where(matches(NAMESPACE_ID).and(ENDED_AT.lt(DatabaseClock.before(param(AGE)))))
                .limit(limit()));
  }

  private static List<Field<?>> ending() {
    List<Field<?>> columns = new ArrayList<>(KEY);
    columns.add(CONTENT_HASH);
    return columns;
  }

  private static Select<?> depth() {
    Field<Instant> now = DatabaseClock.statementStart();
    Condition unexpired = EXPIRY_AT.isNull().or(EXPIRY_AT.gt(now));
    Condition ready = AVAILABLE_AT.le(now).and(unexpired);
    Condition leased = LEASED_UNTIL.gt(now);
    Condition delayed = AVAILABLE_AT.gt(now).and(LEASED_UNTIL.isNull()).and(unexpired);
    return DSL.select(
            count(ready).as(READY),
            count(delayed).as(NOT_DUE),
            count(leased).as(LEASED),
            DSL.min(DSL.when(ready, AVAILABLE_AT)).as(OLDEST_READY),
            now.as(DATABASE_NOW))
        .from(TASK_QUEUES)
        .where(matches(NAMESPACE_ID, TASK_QUEUE_NAME, TASK_QUEUE_TYPE));
  }

  private static Field<?> count(Condition condition) {
    return DSL.count(DSL.when(condition, DSL.inline(1)));
  }

  /** No worker has the task. */
  private static Map<Field<?>, Field<?>> withoutLease() {
    return clear(LEASE_ID, LEASED_UNTIL);
  }
}
