package io.odin.persistence.sql;

import static io.odin.persistence.sql.ExecutionSql.RUN;
import static io.odin.persistence.sql.Renderer.assign;
import static io.odin.persistence.sql.Renderer.column;
import static io.odin.persistence.sql.Renderer.columns;
import static io.odin.persistence.sql.Renderer.limit;
import static io.odin.persistence.sql.Renderer.matches;
import static io.odin.persistence.sql.Renderer.param;
import static io.odin.persistence.sql.Renderer.table;

import java.util.List;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The statements of a commit besides those on the run itself: fence, commit record, current run,
 * events, timers.
 */
final class CommitSql {

  private static final Table<?> FENCES = table("shard_fences").as("f");
  private static final Table<?> SHARDS = table("history_shards").as("s");
  private static final Table<?> COMMITS = table("workflow_commits");
  private static final Table<?> CURRENT = table("workflow_current_runs");
  private static final Table<?> EVENTS = table("history_events");
  private static final Table<?> TIMERS = table("workflow_timers");
  private static final Condition ONE_SHARD =
      column("s", "shard_id")
          .eq(column("f", "shard_id"))
          .and(column("f", "shard_id").eq(param("shard_id")));

  /** The events of one run. */
  static final Rows NEW_EVENTS =
      Rows.into(EVENTS)
          .key("namespace_id", "workflow_id", "run_id", "event_id")
          .ofRun()
          .each("event_id", Rows.Type.NUMBER)
          .each("event_type", Rows.Type.TEXT)
          .each("event_timestamp", Rows.Type.INSTANT)
          .each("task_id", Rows.Type.NUMBER)
          .each("version", Rows.Type.NUMBER)
          .each("event_data", Rows.Type.JSON)
          .build();

  /** The timers of one run that are set or moved. */
  static final Rows TIMERS_SET =
      Rows.into(TIMERS)
          .key("namespace_id", "workflow_id", "run_id", "timer_id")
          .ofRun()
          .shared("shard_id", Rows.Type.INTEGER)
          .each("timer_id", Rows.Type.TEXT)
          .each("fire_at", Rows.Type.INSTANT)
          .each("timer_data", Rows.Type.JSON)
          .build();

  /** The timers of one run that are removed. */
  static final Rows TIMERS_DELETED =
      Rows.into(TIMERS)
          .key("namespace_id", "workflow_id", "run_id", "timer_id")
          .ofRun()
          .each("timer_id", Rows.Type.TEXT)
          .each("fire_at", Rows.Type.INSTANT)
          .build();

  final Sql fence;
  final Sql fenceState;
  final Sql insertCommit;
  final Sql findCommit;
  final Sql oldCommits;
  final Sql deleteCommit;
  final Sql insertCurrent;
  final Sql replaceCurrent;
  final Sql closeCurrent;
  final Sql isCurrent;
  final Sql lockCurrent;
  final Sql insertEvents;
  final Sql setTimers;
  final Sql deleteTimers;
  final Sql deleteTimersOfRun;
  final Sql timersOfRun;

  CommitSql(Dialect dialect) {
    Renderer renderer = new Renderer(dialect.family());
    // Only the row that renewals do not touch is locked: see docs/decisions.
    fence =
        renderer.sql(
            "shards.fence",
            DSL.select(column("f", "shard_id"))
                .from(FENCES)
                .join(SHARDS)
                .on(ONE_SHARD)
                .where(
                    column("f", "fence_token")
                        .eq(param("fence_token"))
                        .and(column("s", "shard_owner_lease_expiry").gt(DatabaseClock.now())))
                .forShare()
                .of(FENCES));
    fenceState =
        renderer.sql(
            "shards.fenceState",
            DSL.select(column("f", "fence_token"), column("s", "owner_identity"))
                .from(FENCES)
                .join(SHARDS)
                .on(ONE_SHARD));
    insertCommit =
        dialect
            .rows()
            .insertNew(
                "commits.insert",
                Rows.into(COMMITS)
                    .key("namespace_id", "commit_id")
                    .shared("namespace_id", Rows.Type.UUID)
                    .shared("commit_id", Rows.Type.UUID)
                    .shared("content_hash", Rows.Type.BYTES)
                    .shared("shard_id", Rows.Type.INTEGER)
                    .build());
    findCommit =
        renderer.sql(
            "commits.find",
            DSL.select(columns("content_hash"))
                .from(COMMITS)
                .where(matches("namespace_id", "commit_id")));
    oldCommits =
        renderer.sql(
            "commits.old",
            DSL.select(columns("namespace_id", "commit_id"))
                .from(COMMITS)
                .where(column("committed_at").lt(DatabaseClock.before(param("age_microseconds"))))
                .limit(limit()));
    deleteCommit =
        renderer.sql(
            "commits.delete", DSL.deleteFrom(COMMITS).where(matches("namespace_id", "commit_id")));
    insertCurrent =
        dialect
            .rows()
            .insertNew(
                "currentRuns.insert",
                Rows.into(CURRENT)
                    .key("namespace_id", "workflow_id")
                    .ofRun()
                    .shared("workflow_state", Rows.Type.TEXT)
                    .shared("start_request_id", Rows.Type.TEXT)
                    .shared("started_at", Rows.Type.INSTANT)
                    .build());
    replaceCurrent =
        renderer.sql(
            "currentRuns.replace",
            DSL.update(CURRENT)
                .set(assign(List.of("run_id", "workflow_state", "start_request_id", "started_at")))
                .where(
                    matches("namespace_id", "workflow_id")
                        .and(column("run_id").eq(param("previous_run_id")))
                        .and(column("workflow_state").ne(DSL.inline((Object) "running")))));
    closeCurrent =
        renderer.sql(
            "currentRuns.close",
            DSL.update(CURRENT).set(assign(List.of("workflow_state"))).where(matches(RUN)));
    isCurrent =
        renderer.sql(
            "currentRuns.isCurrent",
            DSL.select(columns("run_id")).from(CURRENT).where(matches(RUN)));
    lockCurrent =
        renderer.sql(
            "currentRuns.lock",
            DSL.select(columns("run_id"))
                .from(CURRENT)
                .where(matches("namespace_id", "workflow_id"))
                .forUpdate());
    insertEvents = dialect.rows().insertNew("history.insert", NEW_EVENTS);
    setTimers = dialect.rows().upsert("timers.set", TIMERS_SET, columns("fire_at", "timer_data"));
    deleteTimers = dialect.rows().deleteMatching("timers.delete", TIMERS_DELETED);
    deleteTimersOfRun =
        renderer.sql("timers.deleteOfRun", DSL.deleteFrom(TIMERS).where(matches(RUN)));
    timersOfRun =
        renderer.sql(
            "timers.ofRun",
            DSL.select(columns("timer_id", "fire_at", "timer_data", "created_at"))
                .from(TIMERS)
                .where(matches(RUN))
                .orderBy(column("timer_id")));
  }
}
