package io.odin.persistence.task;

import java.util.Arrays;

/** The kind of work of a task. */
public enum TaskType {
  /** Decide the next step of a workflow. */
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

  /**
   * The type with a stored name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TaskType of(String value) {
    return Arrays.stream(values())
        .filter(type -> type.value.equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no task type is called " + value));
  }
}
