package io.odin.persistence.error;

/** A size exceeds a limit of {@link io.odin.persistence.Limits}; detected before any SQL. */
public final class LimitExceededException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String field;
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
    this(limit, limit, actual, maximum);
  }

  /**
   * Refuses the size of a field.
   *
   * @param field the parameter or component at fault, as its accessor is named
   * @param limit the name of the limit, as in {@code Limits}
   * @param actual the size that was sent
   * @param maximum the largest size allowed
   */
  public LimitExceededException(String field, String limit, long actual, long maximum) {
    super(
        Outcome.NOT_APPLIED,
        Retry.NEVER,
        (field.equals(limit) ? limit : field + ", by " + limit + ",")
            + " is limited to "
            + maximum
            + " and was "
            + actual
            + ": send less, or split it",
        null);
    this.field = field;
    this.limit = limit;
    this.actual = actual;
    this.maximum = maximum;
  }

  /** The parameter or component at fault; the name of the limit if it is of the whole request. */
  public String field() {
    return field;
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
