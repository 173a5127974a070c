package io.odin.persistence.visibility.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields of every run, independent of the registered attributes. */
public enum SystemField implements Field {
  /** A keyword. */
  WORKFLOW_ID(FieldType.KEYWORD, "WorkflowId"),
  /** A run id. */
  RUN_ID(FieldType.RUN_ID, "RunId"),
  /** A keyword. */
  WORKFLOW_TYPE(FieldType.KEYWORD, "WorkflowType"),
  /** A keyword. */
  TASK_QUEUE(FieldType.KEYWORD, "TaskQueue"),
  /** A keyword; missing for a run without a parent. */
  PARENT_WORKFLOW_ID(FieldType.KEYWORD, "ParentWorkflowId"),
  /** A run id; missing for a run without a parent. */
  PARENT_RUN_ID(FieldType.RUN_ID, "ParentRunId"),
  /** A state. */
  EXECUTION_STATUS(FieldType.STATE, "ExecutionStatus", "Status", "State"),
  /** An instant. */
  START_TIME(FieldType.TIME, "StartTime"),
  /** An instant. */
  EXECUTION_TIME(FieldType.TIME, "ExecutionTime"),
  /** An instant; missing while the run is open. */
  CLOSE_TIME(FieldType.TIME, "CloseTime"),
  /** A whole number. */
  HISTORY_LENGTH(FieldType.WHOLE, "HistoryLength"),
  /** A whole number. */
  STATE_TRANSITION_COUNT(FieldType.WHOLE, "StateTransitionCount"),
  /**
   * A whole number of milliseconds; missing while the run is open. By its alias DurationMs, which
   * states the unit, it is also compared with plain numbers.
   */
  EXECUTION_DURATION(FieldType.DURATION, "ExecutionDuration", SystemField.DURATION_MS);

  private static final String DURATION_MS = "DurationMs";

  private final FieldType type;

  // Made by List.of, hence immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> names;

  SystemField(FieldType type, String... names) {
    this.type = type;
    this.names = List.of(names);
  }

  /** The type of the values that it is compared with under one of its names. */
  FieldType type(String name) {
    return name.equals(DURATION_MS) ? FieldType.MILLISECONDS : type;
  }

  /** Its name and its aliases, the name first. */
  public List<String> names() {
    return names;
  }

  /**
   * The field with a name or alias, case-sensitive. No attribute can be registered under the name
   * of one.
   */
  public static Optional<SystemField> named(String name) {
    return Arrays.stream(values()).filter(field -> field.names.contains(name)).findFirst();
  }

  static Stream<String> allNames() {
    return Arrays.stream(values()).flatMap(field -> field.names.stream());
  }
}
