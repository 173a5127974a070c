package io.odin.persistence.error;

/** A size exceeds a limit of {@link io.odin.persistence.Limits}; detected before any SQL. */
public final class LimitExceededException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String limit;
  private final long actual;
  private final long maximum;

  /**
   * Refuses a size.
   *
   * @param limit the name of the limit, as in {@code Limits}
   * @param actual the size that was sent
   * @param maximum the largest size allowed
   */
  public LimitExceededException(String limit, long actual, long maximum) {
    super(
        Outcome.NOT_APPLIED,
        Retry.NEVER,
        limit + " is limited to " + maximum + " and was " + actual + ": send less, or split it",
        null);
    this.limit = limit;
    this.actual = actual;
    this.maximum = maximum;
  }

  /** The name of the limit. */
  public String limit() {
    return limit;
  }

  /** The size that was sent. */
  public long actual() {
    return actual;
  }

  /** The largest size allowed. */
  public long maximum() {
    return maximum;
  }
}
