package io.odin.persistence.retention;

/** What is stored of a run in addition to the run itself, in the order in which it is deleted. */
public enum RunPart {
  /** Its events. */
  HISTORY,
  /** Its timers. */
  TIMERS,
  /** Its signals. */
  SIGNALS,
  /** The queries put to it. */
  QUERY_RESULTS,
  /** What lists and searches show of it; before its tags, which are written under its lock. */
  VISIBILITY,
  /** Its tags. */
  TAGS,
  /** That it is the current run of its workflow id. */
  CURRENT_RUN
}
