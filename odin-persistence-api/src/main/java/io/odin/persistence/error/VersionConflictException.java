package io.odin.persistence.error;

/** A compare-and-set lost: the stored version is not the expected one. */
public final class VersionConflictException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String key;
  private final long expected;
  private final long actual;

  /**
   * Tells both versions.
   *
   * @param key what was to be changed, printable
   * @param expected the version the caller had seen
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

  /** What was to be changed, printable. */
  public String key() {
    return key;
  }

  /** The version the caller had seen. */
  public long expected() {
    return expected;
  }

  /** The stored version. */
  public long actual() {
    return actual;
  }
}
