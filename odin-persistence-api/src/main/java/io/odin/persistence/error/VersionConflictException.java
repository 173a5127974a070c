package io.odin.persistence.error;

/** Optimistic locking failed: the stored version is not the expected one. */
public final class VersionConflictException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String key;
  private final long expected;
  private final long actual;

  /**
   * Reports both versions.
   *
   * @param key the record to be changed, printable
   * @param expected the version that the caller has read
   * @param actual the stored version
   */
  public VersionConflictException(String key, long expected, long actual) {
    super(
        Outcome.NOT_APPLIED,
        Retry.AFTER_RELOAD,
        key + " is at version " + actual + ", expected " + expected,
        null);
    this.key = key;
    this.expected = expected;
    this.actual = actual;
  }

  /** The record to be changed, printable. */
  public String key() {
    return key;
  }

  /** The version that the caller has read. */
  public long expected() {
    return expected;
  }

  /** The stored version. */
  public long actual() {
    return actual;
  }
}
