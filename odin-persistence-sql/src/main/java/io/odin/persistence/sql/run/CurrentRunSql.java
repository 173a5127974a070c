package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.run.ExecutionSql.SUMMARY;
import static io.odin.persistence.sql.run.ExecutionSql.WORKFLOW;
import static io.odin.persistence.sql.run.WorkflowCurrentRunsTable.WORKFLOW_CURRENT_RUNS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.STARTED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.START_REQUEST_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_EXECUTIONS;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.statement.Columns.uuid;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.util.Map;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The statements over the current run of each workflow. */
final class CurrentRunSql {

  static final Field<UUID> PREVIOUS_RUN_ID = uuid("previous_run_id");

  final Sql insert;
  final Sql replace;
  final Sql close;
  final Sql describe;
  final Sql lock;
  final Sql find;
  private final Sql isCurrent;

  CurrentRunSql(Statements statements) {
    insert =
        statements.insertNew(
            "currentRuns.insert",
            RowShape.into(WORKFLOW_CURRENT_RUNS)
                .key(NAMESPACE_ID, WORKFLOW_ID)
                .ofRun()
                .shared(WORKFLOW_STATE, START_REQUEST_ID, STARTED_AT)
                .build());
    replace =
        statements.query(
            "currentRuns.replace",
            DSL.update(WORKFLOW_CURRENT_RUNS)
                .set(assign(RUN_ID, WORKFLOW_STATE, START_REQUEST_ID, STARTED_AT))
                .where(
                    WORKFLOW
                        .and(RUN_ID.eq(param(PREVIOUS_RUN_ID)))
                        .and(WORKFLOW_STATE.ne(DSL.inline("running")))));
    close =
        statements.query(
            "currentRuns.close",
            DSL.update(WORKFLOW_CURRENT_RUNS).set(assign(WORKFLOW_STATE)).where(matches(RUN)));
    // What only the row of the run knows, for a run that was not the current one before. Where
    // there is no such run, the transaction is refused for it.
    describe =
        statements.query(
            "currentRuns.describe",
            DSL.update(WORKFLOW_CURRENT_RUNS)
                .set(Map.of(START_REQUEST_ID, ofRun(START_REQUEST_ID)))
                .set(Map.of(STARTED_AT, DSL.coalesce(ofRun(STARTED_AT), STARTED_AT)))
                .where(matches(RUN)));
    isCurrent =
        statements.query(
            "currentRuns.isCurrent",
            DSL.select(RUN_ID).from(WORKFLOW_CURRENT_RUNS).where(matches(RUN)));
    lock =
        statements.query(
            "currentRuns.lock",
            DSL.select(RUN_ID).from(WORKFLOW_CURRENT_RUNS).where(WORKFLOW).forUpdate());
    // The run id as a value: with a join, the planner may read all runs of the workflow.
    find =
        statements.query(
            "currentRuns.find",
            DSL.select(SUMMARY)
                .from(WORKFLOW_EXECUTIONS)
                .where(WORKFLOW)
                .and(RUN_ID.eq(DSL.select(RUN_ID).from(WORKFLOW_CURRENT_RUNS).where(WORKFLOW))));
  }

  /** Reads the run id of the current run if it is this one. */
  Step isCurrent(RunKey run) {
    return Step.query(isCurrent, RunMapper.run(run), row -> row.get(RUN_ID));
  }

  private static <T> Field<T> ofRun(Field<T> column) {
    return DSL.field(DSL.select(column).from(WORKFLOW_EXECUTIONS).where(matches(RUN)));
  }
}
