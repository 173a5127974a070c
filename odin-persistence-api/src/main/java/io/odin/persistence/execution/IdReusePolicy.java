package io.odin.persistence.execution;

import io.odin.persistence.run.WorkflowState;

/** Whether a workflow id may be used again after its last run has closed. */
public enum IdReusePolicy {
  /** Always, however the last run ended. */
  ALLOW_DUPLICATE,
  /** Only after a run that failed, was canceled, was terminated or timed out. */
  ALLOW_DUPLICATE_FAILED_ONLY,
  /** Never. */
  REJECT_DUPLICATE;

  /** Whether a run that ended in the given state may be followed by another. */
  public boolean allows(WorkflowState closed) {
    return switch (this) {
      case ALLOW_DUPLICATE -> true;
      case ALLOW_DUPLICATE_FAILED_ONLY ->
          switch (closed) {
            case FAILED, CANCELED, TERMINATED, TIMED_OUT -> true;
            case RUNNING, COMPLETED, CONTINUED_AS_NEW -> false;
          };
      case REJECT_DUPLICATE -> false;
    };
  }
}
