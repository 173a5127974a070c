package io.odin.persistence.error;

/** Whether a failed operation changed the database. */
public enum Outcome {
  /** Nothing was written, in any table. */
  NOT_APPLIED,
  /** The reply to a write was lost: all of it was written, or none of it. */
  UNKNOWN
}
