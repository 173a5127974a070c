package io.odin.persistence.error;

/**
 * The signals of the run conflict with the change, which closes the run without having seen all of
 * them, or consumes one that is not pending.
 */
public final class SignalConflictException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String run;

  /**
   * Reports the conflict.
   *
   * @param run the run, printable
   * @param reason what the change has not seen, as the rest of a sentence that begins with the run
   */
  public SignalConflictException(String run, String reason) {
    super(Outcome.NOT_APPLIED, Retry.AFTER_RELOAD, run + " " + reason, null);
    this.run = run;
  }

  /** The run, printable. */
  public String run() {
    return run;
  }
}
