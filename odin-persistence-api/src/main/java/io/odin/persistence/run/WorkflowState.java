package io.odin.persistence.run;

import java.util.Arrays;

/**
 * The states of a run. A run is created in any of them; only a running one changes, and a closed
 * one is final.
 */
public enum WorkflowState {
  /** Open: the only state from which others can be reached. */
  RUNNING("running"),
  /** Ended successfully. */
  COMPLETED("completed"),
  /** Ended by a failure of the workflow. */
  FAILED("failed"),
  /** Ended by a request for cancellation. */
  CANCELED("canceled"),
  /** Ended from outside, without the workflow's cooperation. */
  TERMINATED("terminated"),
  /** Ended, and continued by another run of the same workflow id. */
  CONTINUED_AS_NEW("continued_as_new"),
  /** Ended by a timeout. */
  TIMED_OUT("timed_out");

  private final String value;

  WorkflowState(String value) {
    this.value = value;
  }

  /** The name that is stored. */
  public String value() {
    return value;
  }

  /** Whether the run has ended. */
  public boolean isClosed() {
    return this != RUNNING;
  }

  /**
   * The state with a stored name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static WorkflowState of(String value) {
    return Arrays.stream(values())
        .filter(state -> state.value.equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no workflow state is called " + value));
  }
}
