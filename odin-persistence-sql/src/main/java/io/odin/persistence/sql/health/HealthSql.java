package io.odin.persistence.sql.health;

import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.retention.Retention;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Sql;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements of the health check. */
final class HealthSql {

  private static final int MOST_QUEUES = 20;
  private static final Table<?> NAMESPACES = table("namespaces").as("n");
  private static final Field<Object> NAMESPACE_NAME = column("n", "namespace_name");

  final Sql now;
  final Sql probe;
  final Sql shards;
  final Sql expiredLeases;
  final Sql backlog;
  final Sql overdueRuns;

  HealthSql(Statements statements) {
    now = statements.query("health.now", DSL.select(DatabaseClock.now().as("database_now")));
    // Sets a row to its present value, and is rolled back: proves the privilege, changes nothing.
    Field<Object> counter = column("last_sequence");
    probe =
        statements.query(
            "health.probe",
            DSL.update(table("namespace_change_counter")).set(Map.of(counter, counter)));
    shards = statements.query("health.shards", owners());
    Field<Object> leaseEnd = column("lease_expires_at");
    expiredLeases =
        statements.query(
            "health.expiredLeases",
            DSL.select(
                    DSL.count().as("leases"),
                    DSL.min(leaseEnd).as("oldest"),
                    DatabaseClock.statementStart().as("database_now"))
                .from(table("task_queue_leases"))
                .where(leaseEnd.lt(DatabaseClock.statementStart())));
    backlog = statements.query("health.backlog", waitingTasks());
    overdueRuns = statements.query("health.overdueRuns", oldestExpiredRuns());
  }

  private static Query owners() {
    Field<Object> owner = column("owner_identity");
    Condition expired =
        owner
            .isNotNull()
            .and(column("shard_owner_lease_expiry").le(DatabaseClock.statementStart()));
    return DSL.select(
            DSL.count().as("shards"),
            DSL.count(DSL.when(owner.isNull(), DSL.inline(1))).as("unowned"),
            DSL.count(DSL.when(expired, DSL.inline(1))).as("expired"))
        .from(table("history_shards"));
  }

  /** The queues whose oldest ready task waits longest. */
  private static Query waitingTasks() {
    Field<Object> available = column("t", "available_at");
    Field<Object> expiry = column("t", "expiry_at");
    Field<Object> now = DatabaseClock.statementStart();
    return DSL.select(
            NAMESPACE_NAME,
            column("t", "task_queue_name"),
            column("t", "task_queue_type"),
            DSL.count().as("ready"),
            DSL.min(available).as("oldest"),
            now.as("database_now"))
        .from(table("task_queues").as("t"))
        .join(NAMESPACES)
        .on(column("n", "namespace_id").eq(column("t", "namespace_id")))
        .where(available.le(now).and(expiry.isNull().or(expiry.gt(now))))
        .groupBy(NAMESPACE_NAME, column("t", "task_queue_name"), column("t", "task_queue_type"))
        .orderBy(DSL.min(available))
        .limit(DSL.inline(MOST_QUEUES));
  }

  /** Of each namespace that has some, the run that should have been deleted first. */
  private static Query oldestExpiredRuns() {
    Table<?> oldest =
        DSL.lateral(
            DSL.select(column("completed_at"))
                .from(Runs.RUNS)
                .where(column("shard_id").eq(column("s", "shard_id")))
                .and(column("namespace_id").eq(column("n", "namespace_id")))
                .and(column("completed_at").le(Retention.latestExpiredEnd()))
                .orderBy(column("completed_at"))
                .limit(DSL.inline(1))
                .asTable("e"));
    return DSL.select(
            NAMESPACE_NAME,
            Retention.RETENTION_DAYS,
            DSL.min(column("e", "completed_at")).as("oldest"),
            DatabaseClock.statementStart().as("database_now"))
        .from(NAMESPACES)
        .crossJoin(table("history_shards").as("s"))
        .crossJoin(oldest)
        .where(Retention.RETENTION_DAYS.gt(DSL.inline((Object) 0)))
        .groupBy(NAMESPACE_NAME, Retention.RETENTION_DAYS);
  }
}
