package io.odin.persistence.visibility;

/**
 * The order in which runs are listed. Runs that are equal in it are ordered by run id, descending.
 */
public enum VisibilityOrder {
  /** Open runs first, the latest started first; then closed ones, the latest closed first. */
  CLOSE_TIME,
  /** The latest started first. */
  START_TIME,
  /** The latest execution time first. */
  EXECUTION_TIME
}
