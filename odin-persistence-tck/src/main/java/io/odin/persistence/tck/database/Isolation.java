package io.odin.persistence.tck.database;

/** What a server may give its sessions unless they ask for something else. */
public enum Isolation {
  /** One snapshot for each transaction. */
  REPEATABLE_READ,
  /** As if transactions came one after the other. */
  SERIALIZABLE
}
