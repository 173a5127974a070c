package io.odin.persistence.health;

import java.util.List;

/**
 * What a check found.
 *
 * @param findings one for each thing looked at, in the order they were looked at
 */
public record HealthReport(List<Finding> findings) {

  /** Copies the findings. */
  public HealthReport {
    findings = List.copyOf(findings);
  }

  /** The worst status among the findings. */
  public Status status() {
    return findings.stream().map(Finding::status).max(Status::compareTo).orElse(Status.OK);
  }

  /** How bad a finding is, from good to bad. */
  public enum Status {
    /** As it should be. */
    OK,
    /** Works, and will hurt one day. */
    WARNING,
    /** Does not work. */
    FAILURE
  }

  /**
   * One thing that was looked at.
   *
   * @param name "connectivity", "schema version", ...: a small fixed set
   * @param status how bad it is
   * @param detail what was seen
   * @param advice what to do about it; empty if there is nothing to do
   */
  public record Finding(String name, Status status, String detail, String advice) {}
}
