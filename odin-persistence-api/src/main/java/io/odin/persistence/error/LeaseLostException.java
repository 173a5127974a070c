package io.odin.persistence.error;

/**
 * A lease on a shard, a task, a query or a schedule has ended; its former owner must stop working
 * on it.
 */
public final class LeaseLostException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String key;
  private final Reason reason;

  /**
   * Reports how the lease ended.
   *
   * @param key the leased record, printable
   * @param reason how it ended
   */
  public LeaseLostException(String key, Reason reason) {
    super(Outcome.NOT_APPLIED, Retry.NEVER, "lease on " + key + " lost: " + reason.text, null);
    this.key = key;
    this.reason = reason;
  }

  /** The leased record, printable. */
  public String key() {
    return key;
  }

  /** How the lease ended. */
  public Reason reason() {
    return reason;
  }

  /** How a lease ends without an act of its owner. */
  public enum Reason {
    /** It has expired by the database's clock, and no other owner has taken over. */
    EXPIRED("it has expired"),
    /** Another owner holds a newer lease. */
    TAKEN_OVER("another owner has taken over"),
    /** The leased record was deleted, or is no longer leased. */
    GONE("the record was deleted or is no longer leased");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }
}
