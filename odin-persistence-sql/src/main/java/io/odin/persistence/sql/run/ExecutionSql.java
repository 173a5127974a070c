package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.run.RunRows.RUN;
import static io.odin.persistence.sql.run.Runs.RUNNING;
import static io.odin.persistence.sql.run.Runs.RUNS;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;

import io.odin.persistence.sql.database.Listing;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.Rows;
import io.odin.persistence.sql.statement.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over the rows of runs. */
final class ExecutionSql {

  static final List<Field<?>> SUMMARY =
      columns(
          "namespace_id",
          "workflow_id",
          "run_id",
          "workflow_type",
          "workflow_state",
          "version",
          "started_at",
          "completed_at",
          "start_request_id",
          "parent_workflow_id",
          "parent_run_id",
          "initiated_id",
          "shard_id");
  static final Condition WORKFLOW = matches("namespace_id", "workflow_id");

  private static final Rows NEW_RUN =
      Rows.into(RUNS)
          .key(RUN)
          .ofRun()
          .shared("workflow_type", Rows.Type.TEXT)
          .shared("task_queue", Rows.Type.TEXT)
          .shared("workflow_state", Rows.Type.TEXT)
          .shared("execution_state", Rows.Type.BYTES)
          .shared("next_event_id", Rows.Type.NUMBER)
          .shared("last_processed_event_id", Rows.Type.NUMBER)
          .shared("workflow_timeout_seconds", Rows.Type.NUMBER)
          .shared("run_timeout_seconds", Rows.Type.NUMBER)
          .shared("task_timeout_seconds", Rows.Type.NUMBER)
          .shared("retry_policy", Rows.Type.JSON)
          .shared("cron_schedule", Rows.Type.TEXT)
          .shared("parent_workflow_id", Rows.Type.TEXT)
          .shared("parent_run_id", Rows.Type.UUID)
          .shared("initiated_id", Rows.Type.NUMBER)
          .shared("completion_event_id", Rows.Type.NUMBER)
          .shared("memo", Rows.Type.JSON)
          .shared("search_attributes", Rows.Type.JSON)
          .shared("auto_reset_points", Rows.Type.JSON)
          .shared("started_at", Rows.Type.INSTANT)
          .shared("completed_at", Rows.Type.INSTANT)
          .shared("shard_id", Rows.Type.INTEGER)
          .shared("start_request_id", Rows.Type.TEXT)
          .shared("history_size_bytes", Rows.Type.NUMBER)
          .build();

  private static final List<String> REPLACED =
      List.of(
          "workflow_state",
          "execution_state",
          "last_processed_event_id",
          "completion_event_id",
          "memo",
          "search_attributes",
          "auto_reset_points",
          "completed_at");

  final Sql insert;
  final Sql update;
  final Sql updateWithHistory;
  final Sql terminate;
  final Sql find;
  final Sql findSummary;
  final Sql lock;
  final Sql lockShared;
  final Sql position;
  final Sql delete;
  final Listing listOpenByShard;
  final Listing listByShard;
  final Listing listRuns;
  final Listing listChildren;

  ExecutionSql(Statements statements) {
    Renderer renderer = statements.renderer();
    insert = statements.insertNew("executions.insert", NEW_RUN);
    Condition expected =
        matches(RUN)
            .and(column("version").eq(param("expected_version")))
            .and(RUNNING)
            .and(column("signal_sequence").le(param("signals_seen")));
    update =
        statements.query(
            "executions.update", DSL.update(RUNS).set(changes(assign(REPLACED))).where(expected));
    updateWithHistory =
        statements.query(
            "executions.updateWithHistory",
            DSL.update(RUNS)
                .set(changes(assign(REPLACED)))
                .where(expected.and(column("next_event_id").eq(param("first_event_id")))));
    terminate =
        statements.query(
            "executions.terminate",
            DSL.update(RUNS)
                .set(
                    changes(
                        assign(List.of("workflow_state", "completion_event_id", "completed_at"))))
                .where(matches(RUN).and(RUNNING)));
    find =
        statements.query(
            "executions.find", DSL.select(everything()).from(RUNS).where(matches(RUN)));
    findSummary =
        statements.query(
            "executions.findSummary", DSL.select(SUMMARY).from(RUNS).where(matches(RUN)));
    lock =
        statements.query(
            "executions.lock",
            DSL.select(SUMMARY)
                .select(column("next_event_id"))
                .from(RUNS)
                .where(matches(RUN))
                .forUpdate());
    lockShared =
        statements.query(
            "executions.lockShared",
            DSL.select(columns("run_id")).from(RUNS).where(matches(RUN)).forShare());
    position =
        statements.query(
            "executions.position",
            DSL.select(columns("version", "workflow_state", "next_event_id", "signal_sequence"))
                .from(RUNS)
                .where(matches(RUN)));
    delete = statements.query("executions.delete", DSL.deleteFrom(RUNS).where(matches(RUN)));
    Listing.Key workflowId = Listing.Key.ascending("workflow_id", Rows.Type.TEXT);
    Listing.Key runId = Listing.Key.ascending("run_id", Rows.Type.UUID);
    // The shard leads the keys although it is fixed: only then do the planners walk the index by
    // shard.
    List<Listing.Key> byShard =
        List.of(
            Listing.Key.ascending("shard_id", Rows.Type.NUMBER),
            Listing.Key.ascending("namespace_id", Rows.Type.UUID),
            workflowId,
            runId);
    listOpenByShard =
        statements.listing(
            "executions.listOpenByShard",
            () ->
                summaries(
                    renderer.along("idx_workflow_executions_active", RUNS),
                    matches("shard_id").and(RUNNING)),
            byShard);
    listByShard =
        statements.listing(
            "executions.listByShard",
            () ->
                summaries(
                    renderer.along("idx_workflow_executions_shard", RUNS), matches("shard_id")),
            byShard);
    listRuns =
        statements.listing(
            "executions.listRuns",
            () ->
                summaries(
                    RUNS,
                    matches("namespace_id", "workflow_id").and(everStarted(renderer.family()))),
            List.of(
                Listing.Key.descending("started_at", Rows.Type.INSTANT),
                Listing.Key.descending("run_id", Rows.Type.UUID)));
    Condition ofParent = matches("namespace_id", "parent_workflow_id", "parent_run_id");
    List<Listing.Key> byInitiation =
        List.of(Listing.Key.ascending("initiated_id", Rows.Type.NUMBER), workflowId, runId);
    listChildren =
        statements.listing(
            "executions.listChildren", () -> summaries(RUNS, ofParent), byInitiation);
  }

  /** True of every run: what PostgreSQL's index for this listing says of itself. */
  private static Condition everStarted(SQLDialect family) {
    return family == SQLDialect.POSTGRES
        ? column("started_at").gt(DSL.inline((Object) "-infinity"))
        : DSL.noCondition();
  }

  private static SelectConditionStep<?> summaries(Table<?> runs, Condition condition) {
    return DSL.select(SUMMARY).from(runs).where(condition);
  }

  private static List<Field<?>> everything() {
    List<Field<?>> all = new ArrayList<>();
    NEW_RUN.shared().forEach(shared -> all.add(shared.field()));
    all.add(column("version"));
    all.add(column("signal_sequence"));
    all.add(column("last_updated_at"));
    return all;
  }

  /** What every change of a run does besides. */
  private static Map<Field<?>, Field<?>> changes(Map<Field<?>, Field<?>> assignments) {
    Map<Field<?>, Field<?>> all = new LinkedHashMap<>(assignments);
    all.put(column("next_event_id"), column("next_event_id").plus(param("event_count")));
    all.put(
        column("history_size_bytes"), column("history_size_bytes").plus(param("history_bytes")));
    all.put(column("last_updated_at"), DatabaseClock.now());
    all.put(column("version"), column("version").plus(DSL.inline(1)));
    return all;
  }
}
