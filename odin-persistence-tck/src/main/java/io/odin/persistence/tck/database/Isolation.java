package io.odin.persistence.tck.database;

/** Isolation levels that a server may use as its default. */
public enum Isolation {
  /** One snapshot for each transaction. */
  REPEATABLE_READ,
  /** As if transactions ran one after the other. */
  SERIALIZABLE
}
