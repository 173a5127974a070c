package io.odin.persistence.retention;

/** The parts of a run in addition to the run itself, in the order of deletion. */
public enum RunPart {
  /** Its events. */
  HISTORY,
  /** Its timers. */
  TIMERS,
  /** Its signals. */
  SIGNALS,
  /** The queries to it. */
  QUERY_RESULTS,
  /** Its visibility record; before its tags, which are written under the lock of the record. */
  VISIBILITY,
  /** Its tags. */
  TAGS,
  /** The pointer that makes it the current run of its workflow id. */
  CURRENT_RUN
}
