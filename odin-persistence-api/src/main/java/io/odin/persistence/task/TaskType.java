package io.odin.persistence.task;

/** What a task asks a worker to do. */
public enum TaskType {
  /** Decide how a workflow goes on. */
  WORKFLOW("workflow"),
  /** Run an activity. */
  ACTIVITY("activity");

  private final String value;

  TaskType(String value) {
    this.value = value;
  }

  /** The name that is stored. */
  public String value() {
    return value;
  }

  /** The type of that stored name. */
  public static TaskType of(String value) {
    return value.equals(WORKFLOW.value) ? WORKFLOW : ACTIVITY;
  }
}
