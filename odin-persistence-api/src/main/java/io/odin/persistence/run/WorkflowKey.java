package io.odin.persistence.run;

import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;

/**
 * The key of a workflow, which is all runs of one workflow id.
 *
 * @param namespace the tenant
 * @param workflowId unique within the namespace, compared byte for byte
 */
public record WorkflowKey(NamespaceId namespace, String workflowId) {

  /** Checks every field. */
  public WorkflowKey {
    Require.nonNull("namespace", namespace);
    Require.id("workflowId", workflowId);
  }

  @Override
  public String toString() {
    return "workflow " + workflowId + " of " + namespace;
  }
}
