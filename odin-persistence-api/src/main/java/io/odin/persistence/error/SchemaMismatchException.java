package io.odin.persistence.error;

/** The database's schema, or its shard count, is not the one that this library supports. */
public final class SchemaMismatchException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String actual;

  /**
   * Reports both values.
   *
   * @param what what differs: "schema version", "shard count"
   * @param expected what the library or its configuration needs
   * @param actual what the database has
   * @param advice what to do, as a sentence
   */
  public SchemaMismatchException(String what, String expected, String actual, String advice) {
    super(
        Outcome.NOT_APPLIED,
        Retry.NEVER,
        what + " is " + actual + ", expected " + expected + ". " + advice,
        null);
    this.expected = expected;
    this.actual = actual;
  }

  /** What the library or its configuration needs. */
  public String expected() {
    return expected;
  }

  /** What the database has. */
  public String actual() {
    return actual;
  }
}
