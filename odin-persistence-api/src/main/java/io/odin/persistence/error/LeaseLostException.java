package io.odin.persistence.error;

/**
 * A lease on a shard, a task, a query or a schedule no longer holds; its holder must stop working
 * on it.
 */
public final class LeaseLostException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String key;
  private final Reason reason;

  /**
   * Tells how the lease ended.
   *
   * @param key what was leased, printable
   * @param reason how it ended
   */
  public LeaseLostException(String key, Reason reason) {
    super(Outcome.NOT_APPLIED, Retry.NEVER, "lease on " + key + " lost: " + reason.text, null);
    this.key = key;
    this.reason = reason;
  }

  /** What was leased, printable. */
  public String key() {
    return key;
  }

  /** How the lease ended. */
  public Reason reason() {
    return reason;
  }

  /** How a lease ends without its holder's doing. */
  public enum Reason {
    /** It ran out by the database's clock, and no one has taken over yet. */
    EXPIRED("it has expired"),
    /** Someone else holds a newer lease. */
    STOLEN("another holder has taken over"),
    /** What was leased is not there any more, or is not leased. */
    GONE("what was leased is gone");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }
}
