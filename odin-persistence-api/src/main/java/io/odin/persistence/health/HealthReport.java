package io.odin.persistence.health;

import java.util.List;

/**
 * The findings of a health check.
 *
 * @param findings one for each check, in the order of the checks
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

  /** The severity of a finding, ascending. */
  public enum Status {
    /** As expected. */
    OK,
    /** Works, and is likely to fail later. */
    WARNING,
    /** Does not work. */
    FAILURE
  }

  /**
   * The result of one check.
   *
   * @param name "connectivity", "schema version", ...: a small fixed set
   * @param status the severity
   * @param detail what was found
   * @param advice what to do about it; empty if there is nothing to do
   */
  public record Finding(String name, Status status, String detail, String advice) {}
}
