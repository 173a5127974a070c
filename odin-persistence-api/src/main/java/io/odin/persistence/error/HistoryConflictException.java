package io.odin.persistence.error;

/**
 * The history batch does not begin where the stored history ends, or a run lacks the events that
 * another one is to have from it.
 */
public final class HistoryConflictException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final long expected;
  private final long actual;

  /**
   * Reports both event ids.
   *
   * @param run the run, printable
   * @param expected the next event id of the stored history
   * @param actual the first event id of the batch
   */
  public HistoryConflictException(String run, long expected, long actual) {
    this(
        expected,
        actual,
        "history of "
            + run
            + " continues at event "
            + expected
            + ", the batch begins at "
            + actual);
  }

  private HistoryConflictException(long expected, long actual, String message) {
    super(Outcome.NOT_APPLIED, Retry.AFTER_RELOAD, message, null);
    this.expected = expected;
    this.actual = actual;
  }

  /**
   * Of a run that lacks events which are to be copied.
   *
   * @param run the base, printable
   * @param next the next event id of its history
   * @param last the last event that is to be copied
   */
  public static HistoryConflictException ofBase(String run, long next, long last) {
    return new HistoryConflictException(
        next,
        last + 1,
        run
            + " does not have all events up to "
            + last
            + ", which are to be copied from it: its history ends with event "
            + (next - 1)
            + ", or is being deleted");
  }

  /** The next event id of the stored history. */
  public long expected() {
    return expected;
  }

  /** The first event id of the batch, or the one after the last that is to be copied. */
  public long actual() {
    return actual;
  }
}
