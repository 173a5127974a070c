package io.odin.persistence.schema;

/**
 * The schema of one database. Each call uses a connection of its own and closes it. Thread-safe;
 * several processes may migrate at once, and each change is applied once.
 *
 * <p>Every method throws {@link io.odin.persistence.error.UnavailableException} when the database
 * cannot be reached.
 */
public interface Schema {

  /** Compares the database with what the library needs; changes nothing. */
  SchemaStatus status();

  /**
   * Applies the changes that are missing. A database whose schema was applied by hand from the same
   * files is taken over as it is.
   *
   * @return the status afterwards
   * @throws io.odin.persistence.error.SchemaMismatchException if the database has a newer schema
   * @throws io.odin.persistence.error.BackendFailureException if a change fails; the changes before
   *     it stay applied
   */
  SchemaStatus migrate();

  /** The SQL that {@link #migrate} would run, for a DBA to read; changes nothing. */
  String migrationSql();
}
