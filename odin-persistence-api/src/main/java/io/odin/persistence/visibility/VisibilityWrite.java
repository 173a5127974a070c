package io.odin.persistence.visibility;

/** What became of a write that carries the version of its run. */
public enum VisibilityWrite {
  /** It is what is stored now. */
  APPLIED,
  /** Nothing was changed: what is stored is newer, or is already this version. */
  SUPERSEDED
}
