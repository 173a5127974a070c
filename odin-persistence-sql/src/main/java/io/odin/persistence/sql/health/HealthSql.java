package io.odin.persistence.sql.health;

import static io.odin.persistence.sql.namespace.NamespaceChangeCounterTable.LAST_SEQUENCE;
import static io.odin.persistence.sql.namespace.NamespaceChangeCounterTable.NAMESPACE_CHANGE_COUNTER;
import static io.odin.persistence.sql.namespace.NamespacesTable.NAMESPACES;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.COMPLETED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_EXECUTIONS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.shard.HistoryShardsTable.HISTORY_SHARDS;
import static io.odin.persistence.sql.shard.HistoryShardsTable.OWNER_IDENTITY;
import static io.odin.persistence.sql.shard.HistoryShardsTable.SHARD_ID;
import static io.odin.persistence.sql.shard.HistoryShardsTable.SHARD_OWNER_LEASE_EXPIRY;
import static io.odin.persistence.sql.statement.Columns.DATABASE_NOW;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.equal;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.LEASE_EXPIRES_AT;
import static io.odin.persistence.sql.task.TaskQueueLeasesTable.TASK_QUEUE_LEASES;
import static io.odin.persistence.sql.task.TaskQueuesTable.AVAILABLE_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.EXPIRY_AT;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUES;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_NAME;
import static io.odin.persistence.sql.task.TaskQueuesTable.TASK_QUEUE_TYPE;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.FIRE_AT;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.WORKFLOW_TIMERS;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.VISIBILITY_RECORDS;

import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.NamespacesTable;
import io.odin.persistence.sql.retention.Retention;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.timer.WorkflowTimersTable;
import io.odin.persistence.sql.visibility.Visibility;
import io.odin.persistence.sql.visibility.VisibilityRecordsTable;
import java.time.Instant;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements of the health check. */
final class HealthSql {

  static final Field<Long> READY = number("ready");
  static final Field<Long> FOUND = number("found");
  static final Field<Long> SHARDS = number("shards");
  static final Field<Long> UNOWNED = number("unowned");
  static final Field<Long> EXPIRED = number("expired");
  static final Field<Long> LEASES = number("leases");
  static final Field<Instant> OLDEST = instant("oldest");

  private static final int MOST_QUEUES = 20;
  private static final int ROWS_OF_A_SHARD = 10;
  private static final int RECORDS_OF_A_NAMESPACE = 100;
  private static final Table<?> N = NAMESPACES.as("n");
  private static final Field<String> NAMESPACE_NAME = column("n", NamespacesTable.NAMESPACE_NAME);

  final Sql now;
  final Sql probe;
  final Sql shards;
  final Sql expiredLeases;
  final Sql backlog;
  final Sql overdueRuns;
  final Sql timersOfClosedRuns;
  final Sql openRecordsOfClosedRuns;

  HealthSql(Statements statements) {
    now = statements.query("health.now", DSL.select(DatabaseClock.now().as(DATABASE_NOW)));
    // Sets a row to its present value, and is rolled back: proves the privilege, changes nothing.
    probe =
        statements.query(
            "health.probe",
            DSL.update(NAMESPACE_CHANGE_COUNTER).set(Map.of(LAST_SEQUENCE, LAST_SEQUENCE)));
    shards = statements.query("health.shards", owners());
    expiredLeases =
        statements.query(
            "health.expiredLeases",
            DSL.select(
                    DSL.count().as(LEASES),
                    DSL.min(LEASE_EXPIRES_AT).as(OLDEST),
                    DatabaseClock.statementStart().as(DATABASE_NOW))
                .from(TASK_QUEUE_LEASES)
                .where(LEASE_EXPIRES_AT.lt(DatabaseClock.statementStart())));
    backlog = statements.query("health.backlog", waitingTasks());
    overdueRuns = statements.query("health.overdueRuns", oldestExpiredRuns());
    timersOfClosedRuns =
        statements.query("health.timersOfClosedRuns", ofClosedRuns(firstDueTimers()));
    openRecordsOfClosedRuns =
        statements.query("health.openRecordsOfClosedRuns", ofClosedRuns(someOpenRecords()));
  }

  /** Counts rows of runs, under the alias {@code r}, of which the run is closed. */
  private static Query ofClosedRuns(SelectJoinStep<?> rows) {
    Condition closed = column("e", WORKFLOW_STATE).ne(DSL.inline("running"));
    return rows.join(WORKFLOW_EXECUTIONS.as("e")).on(equal("e", "r", RUN)).where(closed);
  }

  /** Of each shard the timers that are due first: those of closed runs stay due for ever. */
  private static SelectJoinStep<?> firstDueTimers() {
    Table<?> due =
        DSL.lateral(
            DSL.select(RUN)
                .from(WORKFLOW_TIMERS)
                .where(
                    WorkflowTimersTable.SHARD_ID
                        .eq(column("s", SHARD_ID))
                        .and(FIRE_AT.le(DatabaseClock.statementStart())))
                .orderBy(FIRE_AT)
                .limit(DSL.inline(ROWS_OF_A_SHARD))
                .asTable("r"));
    return DSL.select(DSL.count().as(FOUND)).from(HISTORY_SHARDS.as("s")).crossJoin(due);
  }

  /** Some open records of each namespace. */
  private static SelectJoinStep<?> someOpenRecords() {
    Table<?> open =
        DSL.lateral(
            DSL.select(RUN)
                .from(VISIBILITY_RECORDS)
                .where(
                    NAMESPACE_ID
                        .eq(column("n", NAMESPACE_ID))
                        .and(VisibilityRecordsTable.WORKFLOW_STATE.eq(DSL.inline("running")))
                        .and(Visibility.PRESENT))
                .limit(DSL.inline(RECORDS_OF_A_NAMESPACE))
                .asTable("r"));
    return DSL.select(DSL.count().as(FOUND)).from(N).crossJoin(open);
  }

  private static Query owners() {
    Condition expired =
        OWNER_IDENTITY.isNotNull().and(SHARD_OWNER_LEASE_EXPIRY.le(DatabaseClock.statementStart()));
    return DSL.select(
            DSL.count().as(SHARDS),
            DSL.count(DSL.when(OWNER_IDENTITY.isNull(), DSL.inline(1))).as(UNOWNED),
            DSL.count(DSL.when(expired, DSL.inline(1))).as(EXPIRED))
        .from(HISTORY_SHARDS);
  }

  /** The queues whose oldest ready task waits longest. */
  private static Query waitingTasks() {
    Field<Instant> available = column("t", AVAILABLE_AT);
    Field<Instant> expiry = column("t", EXPIRY_AT);
    Field<Instant> now = DatabaseClock.statementStart();
    return DSL.select(
            NAMESPACE_NAME,
            column("t", TASK_QUEUE_NAME),
            column("t", TASK_QUEUE_TYPE),
            DSL.count().as(READY),
            DSL.min(available).as(OLDEST),
            now.as(DATABASE_NOW))
        .from(TASK_QUEUES.as("t"))
        .join(N)
        .on(column("n", NAMESPACE_ID).eq(column("t", NAMESPACE_ID)))
        .where(available.le(now).and(expiry.isNull().or(expiry.gt(now))))
        .groupBy(NAMESPACE_NAME, column("t", TASK_QUEUE_NAME), column("t", TASK_QUEUE_TYPE))
        .orderBy(DSL.min(available))
        .limit(DSL.inline(MOST_QUEUES));
  }

  /** Of each namespace that has some, the run that should have been deleted first. */
  private static Query oldestExpiredRuns() {
    Table<?> oldest =
        DSL.lateral(
            DSL.select(COMPLETED_AT)
                .from(WORKFLOW_EXECUTIONS)
                .where(SHARD_ID.eq(column("s", SHARD_ID)))
                .and(NAMESPACE_ID.eq(column("n", NAMESPACE_ID)))
                .and(COMPLETED_AT.le(Retention.latestExpiredEnd()))
                .orderBy(COMPLETED_AT)
                .limit(DSL.inline(1))
                .asTable("e"));
    return DSL.select(
            NAMESPACE_NAME,
            Retention.RETENTION_DAYS,
            DSL.min(column("e", COMPLETED_AT)).as(OLDEST),
            DatabaseClock.statementStart().as(DATABASE_NOW))
        .from(N)
        .crossJoin(HISTORY_SHARDS.as("s"))
        .crossJoin(oldest)
        .where(Retention.RETENTION_DAYS.gt(DSL.inline(0)))
        .groupBy(NAMESPACE_NAME, Retention.RETENTION_DAYS);
  }
}
