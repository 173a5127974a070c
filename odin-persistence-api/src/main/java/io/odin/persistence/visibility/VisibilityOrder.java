package io.odin.persistence.visibility;

/** In which order runs are listed. Runs that are equal in it come by run id, the latest first. */
public enum VisibilityOrder {
  /** Open runs first, the latest started first; then closed ones, the latest closed first. */
  CLOSE_TIME,
  /** The latest started first. */
  START_TIME,
  /** The one that was to begin latest first. */
  EXECUTION_TIME
}
