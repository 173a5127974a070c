package io.odin.persistence.visibility;

/** How many of the tags of a search a run must have. */
public enum TagMatch {
  /** All of them. */
  ALL,
  /** At least one of them. */
  ANY
}
