package io.odin.persistence.visibility;

/** How many of the tags that are looked for a run must have. */
public enum TagMatch {
  /** All of them. */
  ALL,
  /** One of them. */
  ANY
}
