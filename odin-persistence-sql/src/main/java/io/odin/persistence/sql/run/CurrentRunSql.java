package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.run.ExecutionSql.SUMMARY;
import static io.odin.persistence.sql.run.ExecutionSql.WORKFLOW;
import static io.odin.persistence.sql.run.RunMapper.RUN;
import static io.odin.persistence.sql.run.Runs.RUNS;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.List;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over the current run of each workflow. */
final class CurrentRunSql {

  private static final Table<?> CURRENT = table("workflow_current_runs");

  final Sql insert;
  final Sql replace;
  final Sql close;
  final Sql isCurrent;
  final Sql lock;
  final Sql find;

  CurrentRunSql(Statements statements) {
    insert =
        statements.insertNew(
            "currentRuns.insert",
            RowShape.into(CURRENT)
                .key("namespace_id", "workflow_id")
                .ofRun()
                .shared("workflow_state", RowShape.Type.TEXT)
                .shared("start_request_id", RowShape.Type.TEXT)
                .shared("started_at", RowShape.Type.INSTANT)
                .build());
    replace =
        statements.query(
            "currentRuns.replace",
            DSL.update(CURRENT)
                .set(assign(List.of("run_id", "workflow_state", "start_request_id", "started_at")))
                .where(
                    WORKFLOW
                        .and(column("run_id").eq(param("previous_run_id")))
                        .and(column("workflow_state").ne(DSL.inline((Object) "running")))));
    close =
        statements.query(
            "currentRuns.close",
            DSL.update(CURRENT).set(assign(List.of("workflow_state"))).where(matches(RUN)));
    isCurrent =
        statements.query(
            "currentRuns.isCurrent",
            DSL.select(columns("run_id")).from(CURRENT).where(matches(RUN)));
    lock =
        statements.query(
            "currentRuns.lock",
            DSL.select(columns("run_id")).from(CURRENT).where(WORKFLOW).forUpdate());
    // The run id as a value: with a join, the planner may read all runs of the workflow.
    find =
        statements.query(
            "currentRuns.find",
            DSL.select(SUMMARY)
                .from(RUNS)
                .where(WORKFLOW)
                .and(
                    column("run_id")
                        .eq(DSL.select(column("run_id")).from(CURRENT).where(WORKFLOW))));
  }
}
