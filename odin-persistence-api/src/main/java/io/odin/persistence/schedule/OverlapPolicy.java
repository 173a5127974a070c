package io.odin.persistence.schedule;

import java.util.Arrays;

/**
 * The engine's policy for a due time at which the last run of the schedule is still open. The store
 * keeps the policy; the engine applies it.
 */
public enum OverlapPolicy {
  /** Start nothing. */
  SKIP("skip"),
  /** Start one when the open run has closed, however often the schedule was due in the meantime. */
  BUFFER_ONE("buffer_one"),
  /** Start all of them, one after the other. */
  BUFFER_ALL("buffer_all"),
  /** Cancel the open run, and start when it has closed. */
  CANCEL_OTHER("cancel_other"),
  /** Terminate the open run and start. */
  TERMINATE_OTHER("terminate_other"),
  /** Start, whatever else is open. */
  ALLOW_ALL("allow_all");

  private final String value;

  OverlapPolicy(String value) {
    this.value = value;
  }

  /** The name that is stored. */
  public String value() {
    return value;
  }

  /**
   * The policy of that stored name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static OverlapPolicy of(String value) {
    return Arrays.stream(values())
        .filter(policy -> policy.value.equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no overlap policy is called " + value));
  }
}
