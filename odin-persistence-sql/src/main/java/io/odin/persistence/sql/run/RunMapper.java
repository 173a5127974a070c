package io.odin.persistence.sql.run;

import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.WorkflowKey;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import java.sql.SQLException;
import java.util.List;

/** The key of a run, bound and read. */
public final class RunMapper {

  /** The columns of the key. */
  public static final List<String> RUN = List.of("namespace_id", "workflow_id", "run_id");

  private RunMapper() {}

  /** The parameters namespace_id, workflow_id and run_id. */
  public static Binds run(RunKey run) {
    return workflow(run.workflow()).and("run_id", run.runId());
  }

  /** The parameters namespace_id and workflow_id. */
  public static Binds workflow(WorkflowKey workflow) {
    return Binds.of("namespace_id", workflow.namespace().value())
        .and("workflow_id", workflow.workflowId());
  }

  /** Reads the columns namespace_id, workflow_id and run_id. */
  public static RunKey key(Row row) throws SQLException {
    return key(row, new NamespaceId(row.uuid("namespace_id")));
  }

  /** Reads the columns workflow_id and run_id. */
  public static RunKey key(Row row, NamespaceId namespace) throws SQLException {
    return new RunKey(namespace, row.text("workflow_id"), row.uuid("run_id"));
  }
}
