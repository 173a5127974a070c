package io.odin.persistence.sql.database;

/** What an SQLException means, whatever the database calls it. */
public enum FailureKind {
  /** Chosen as the victim of a deadlock; the transaction is rolled back. */
  DEADLOCK,
  /** A serialization failure; the transaction is rolled back. */
  SERIALIZATION,
  /** A lock was not granted in time. */
  LOCK_TIMEOUT,
  /** A statement took too long and was cancelled. */
  STATEMENT_TIMEOUT,
  /** The server refused or ended the connection and said so: the statement was not run. */
  CONNECTION_REFUSED,
  /** The connection broke: what was under way may have happened. */
  CONNECTION_LOST,
  /** The server takes no writes. */
  READ_ONLY,
  /** The server is out of disk, memory or connections. */
  RESOURCES,
  /** User or password are wrong, or may not use the database. */
  LOGIN_REFUSED,
  /** The server has no database of that name. */
  DATABASE_MISSING,
  /** What is configured for connecting does not fit the server: it fails until it is changed. */
  MISCONFIGURED,
  /** The plan of a prepared statement no longer fits its tables: nothing was done. */
  STALE_PLAN,
  /** Anything else: a missing privilege, a missing table, a broken constraint. */
  OTHER;

  /** Whether no server has answered, or the connection has broken: another one may answer. */
  public boolean isOutOfReach() {
    return this == CONNECTION_LOST || this == CONNECTION_REFUSED;
  }
}
