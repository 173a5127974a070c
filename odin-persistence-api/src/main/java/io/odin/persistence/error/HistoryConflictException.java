package io.odin.persistence.error;

/** The history batch does not begin where the stored history ends. */
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
    super(
        Outcome.NOT_APPLIED,
        Retry.AFTER_RELOAD,
        "history of " + run + " continues at event " + expected + ", the batch begins at " + actual,
        null);
    this.expected = expected;
    this.actual = actual;
  }

  /** The next event id of the stored history. */
  public long expected() {
    return expected;
  }

  /** The first event id of the batch. */
  public long actual() {
    return actual;
  }
}
