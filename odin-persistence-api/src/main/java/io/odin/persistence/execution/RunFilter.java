package io.odin.persistence.execution;

/** The runs to list. */
public enum RunFilter {
  /** Running runs: those that the new owner of a shard continues. */
  OPEN,
  /** Running and closed runs. */
  ALL
}
