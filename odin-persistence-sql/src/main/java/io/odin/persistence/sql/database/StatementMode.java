package io.odin.persistence.sql.database;

/** What the statements on a connection are to the server. */
public enum StatementMode {
  /** Each is its own transaction. */
  AUTOCOMMIT,
  /** All are one transaction, until it is committed or rolled back. */
  TRANSACTION
}
