package io.odin.persistence.visibility;

/** The result of a write that carries the version of its run. */
public enum VisibilityWrite {
  /** It was stored. */
  APPLIED,
  /** Nothing changed: the stored record has this version or a newer one. */
  SUPERSEDED
}
