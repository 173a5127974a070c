package io.odin.persistence.visibility;

/** The field by which runs are grouped. */
public enum VisibilityGroup {
  /** By {@link io.odin.persistence.run.WorkflowState#value()}. */
  EXECUTION_STATUS,
  /** By the type of workflow. */
  WORKFLOW_TYPE,
  /** By the task queue. */
  TASK_QUEUE
}
