package io.odin.persistence.tck.database;

/** How a write fails. */
public enum WriteFailure {
  /** As the victim of a deadlock: the backend is expected to retry. */
  DEADLOCK,
  /** With an error that no backend knows: the backend is expected to give up. */
  BROKEN
}
