package io.odin.persistence.schema;

/**
 * The schema of one database. Each call opens a dedicated connection and closes it. Thread-safe;
 * several processes may migrate at once, and each change is applied once.
 *
 * <p>Every method throws {@link io.odin.persistence.error.UnavailableException} when the database
 * cannot be reached.
 */
public interface Schema {

  /** Compares the installed schema with the required one; changes nothing. */
  SchemaStatus status();

  /**
   * Applies the pending changes. A schema that was created from the same files with another tool is
   * accepted as it is.
   *
   * @return the status afterwards
   * @throws io.odin.persistence.error.SchemaMismatchException if the database has a newer schema
   * @throws io.odin.persistence.error.BackendFailureException if a change fails; the changes before
   *     it remain applied
   */
  SchemaStatus migrate();

  /** The SQL that {@link #migrate} would run, for a DBA to read; changes nothing. */
  String migrationSql();
}
