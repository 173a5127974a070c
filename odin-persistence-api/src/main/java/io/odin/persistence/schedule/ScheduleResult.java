package io.odin.persistence.schedule;

import java.util.Arrays;

/** The result of a due time. There is none while its run is open. */
public enum ScheduleResult {
  /** The run completed. */
  COMPLETED("completed"),
  /** The run failed, or could not be started. */
  FAILED("failed"),
  /** The run was canceled. */
  CANCELED("canceled"),
  /** The run was terminated. */
  TERMINATED("terminated"),
  /** The run timed out. */
  TIMED_OUT("timed_out"),
  /** No run was started, by policy. */
  SKIPPED("skipped"),
  /**
   * No scheduler claimed it within the catch-up window, or an update or the end of a pause dropped
   * it.
   */
  MISSED("missed");

  private final String value;

  ScheduleResult(String value) {
    this.value = value;
  }

  /** The name that is stored. */
  public String value() {
    return value;
  }

  /**
   * The result with a stored name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ScheduleResult of(String value) {
    return Arrays.stream(values())
        .filter(result -> result.value.equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no schedule result is called " + value));
  }
}
