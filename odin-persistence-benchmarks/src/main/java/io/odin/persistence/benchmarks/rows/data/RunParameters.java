package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.run.RunKey;
import java.sql.SQLException;

/**
 * Where the key of a run goes.
 *
 * @param namespaceId in all statements
 * @param workflowId in all statements
 * @param runId in all statements
 */
public record RunParameters(Parameter namespaceId, Parameter workflowId, Parameter runId) {

  public static RunParameters of(Prepared prepared) {
    return new RunParameters(
        prepared.parameter("namespace_id"),
        prepared.parameter("workflow_id"),
        prepared.parameter("run_id"));
  }

  public void set(RunKey run) throws SQLException {
    namespaceId.set(run.namespace().value());
    workflowId.set(run.workflowId());
    runId.set(run.runId());
  }
}
