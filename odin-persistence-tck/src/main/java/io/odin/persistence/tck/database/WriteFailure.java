package io.odin.persistence.tck.database;

/** How a disturbed write fails. */
public enum WriteFailure {
  /** As the victim of a deadlock: the backend is expected to try again. */
  DEADLOCK,
  /** As nothing that a backend knows: it is expected to give up. */
  BROKEN
}
