package io.odin.persistence.run;

import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.value.TimeOrderedId;
import java.util.UUID;

/**
 * The key of a run.
 *
 * @param namespace the tenant
 * @param workflowId the workflow's id, compared byte for byte
 * @param runId the run's id
 */
public record RunKey(NamespaceId namespace, String workflowId, UUID runId) {

  /** Checks every field. */
  public RunKey {
    Require.nonNull("namespace", namespace);
    Require.id("workflowId", workflowId);
    Require.nonNull("runId", runId);
  }

  /** A new run of a workflow, with a time-ordered id. */
  public static RunKey create(NamespaceId namespace, String workflowId) {
    return new RunKey(namespace, workflowId, TimeOrderedId.next());
  }

  /** The workflow of the run. */
  public WorkflowKey workflow() {
    return new WorkflowKey(namespace, workflowId);
  }

  @Override
  public String toString() {
    return "run " + runId + " of workflow " + workflowId + " of " + namespace;
  }
}
