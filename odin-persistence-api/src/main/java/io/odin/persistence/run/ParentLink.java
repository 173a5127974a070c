package io.odin.persistence.run;

import io.odin.persistence.internal.Require;
import java.util.UUID;

/**
 * The run that started this one, in the same namespace.
 *
 * @param workflowId the parent's workflow id
 * @param runId the parent's run id
 * @param initiatedEventId the parent's event that started the child
 */
public record ParentLink(String workflowId, UUID runId, long initiatedEventId) {

  /** Checks every field. */
  public ParentLink {
    Require.id("parentWorkflowId", workflowId);
    Require.nonNull("parentRunId", runId);
    Require.between("initiatedEventId", initiatedEventId, 1, Long.MAX_VALUE);
  }
}
