package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.run.RunMapper.RUN;
import static io.odin.persistence.sql.run.Runs.RUNNING;
import static io.odin.persistence.sql.run.Runs.RUNS;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
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

  private static final RowShape NEW_RUN =
      RowShape.into(RUNS)
          .key(RUN)
          .ofRun()
          .shared("workflow_type", RowShape.Type.TEXT)
          .shared("task_queue", RowShape.Type.TEXT)
          .shared("workflow_state", RowShape.Type.TEXT)
          .shared("execution_state", RowShape.Type.BYTES)
          .shared("next_event_id", RowShape.Type.NUMBER)
          .shared("last_processed_event_id", RowShape.Type.NUMBER)
          .shared("workflow_timeout_seconds", RowShape.Type.NUMBER)
          .shared("run_timeout_seconds", RowShape.Type.NUMBER)
          .shared("task_timeout_seconds", RowShape.Type.NUMBER)
          .shared("retry_policy", RowShape.Type.JSON)
          .shared("cron_schedule", RowShape.Type.TEXT)
          .shared("parent_workflow_id", RowShape.Type.TEXT)
          .shared("parent_run_id", RowShape.Type.UUID)
          .shared("initiated_id", RowShape.Type.NUMBER)
          .shared("completion_event_id", RowShape.Type.NUMBER)
          .shared("memo", RowShape.Type.JSON)
          .shared("search_attributes", RowShape.Type.JSON)
          .shared("auto_reset_points", RowShape.Type.JSON)
          .shared("started_at", RowShape.Type.INSTANT)
          .shared("completed_at", RowShape.Type.INSTANT)
          .shared("shard_id", RowShape.Type.INTEGER)
          .shared("start_request_id", RowShape.Type.TEXT)
          .shared("history_size_bytes", RowShape.Type.NUMBER)
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
  final PagedQuery listOpenByShard;
  final PagedQuery listByShard;
  final PagedQuery listRuns;
  final PagedQuery listChildren;

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
    PagedQuery.Key workflowId = PagedQuery.Key.ascending("workflow_id", RowShape.Type.TEXT);
    PagedQuery.Key runId = PagedQuery.Key.ascending("run_id", RowShape.Type.UUID);
    // The shard leads the keys although it is fixed: only then do the planners walk the index that
    // begins with the shard.
    List<PagedQuery.Key> byShard =
        List.of(
            PagedQuery.Key.ascending("shard_id", RowShape.Type.NUMBER),
            PagedQuery.Key.ascending("namespace_id", RowShape.Type.UUID),
            workflowId,
            runId);
    listOpenByShard =
        statements.pagedQuery(
            "executions.listOpenByShard",
            () ->
                summaries(
                    renderer.forceIndex("idx_workflow_executions_active", RUNS),
                    matches("shard_id").and(RUNNING)),
            byShard);
    listByShard =
        statements.pagedQuery(
            "executions.listByShard",
            () ->
                summaries(
                    renderer.forceIndex("idx_workflow_executions_shard", RUNS),
                    matches("shard_id")),
            byShard);
    listRuns =
        statements.pagedQuery(
            "executions.listRuns",
            () ->
                summaries(
                    RUNS,
                    matches("namespace_id", "workflow_id").and(everStarted(renderer.family()))),
            List.of(
                PagedQuery.Key.descending("started_at", RowShape.Type.INSTANT),
                PagedQuery.Key.descending("run_id", RowShape.Type.UUID)));
    Condition ofParent = matches("namespace_id", "parent_workflow_id", "parent_run_id");
    List<PagedQuery.Key> byInitiation =
        List.of(PagedQuery.Key.ascending("initiated_id", RowShape.Type.NUMBER), workflowId, runId);
    listChildren =
        statements.pagedQuery(
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

  /** What every change of a run sets in addition. */
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
