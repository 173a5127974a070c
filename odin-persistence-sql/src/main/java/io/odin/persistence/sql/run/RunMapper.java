package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import java.sql.SQLException;

/** The key of a run, bound and read. */
public final class RunMapper {

  private RunMapper() {}

  /** The parameters namespace_id, workflow_id and run_id. */
  public static Binds run(RunKey run) {
    return workflow(run.workflow()).and(RUN_ID, run.runId());
  }

  /** The parameters namespace_id and workflow_id. */
  public static Binds workflow(WorkflowKey workflow) {
    return Binds.of(NAMESPACE_ID, workflow.namespace().value())
        .and(WORKFLOW_ID, workflow.workflowId());
  }

  /** Reads the columns namespace_id, workflow_id and run_id. */
  public static RunKey key(Row row) throws SQLException {
    return key(row, new NamespaceId(row.get(NAMESPACE_ID)));
  }

  /** Reads the columns workflow_id and run_id. */
  public static RunKey key(Row row, NamespaceId namespace) throws SQLException {
    return new RunKey(namespace, row.get(WORKFLOW_ID), row.get(RUN_ID));
  }
}
