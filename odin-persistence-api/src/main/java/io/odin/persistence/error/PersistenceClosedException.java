package io.odin.persistence.error;

/** The {@link io.odin.persistence.Persistence} was closed before the call. */
public final class PersistenceClosedException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  /** Refuses a call after close. */
  public PersistenceClosedException() {
    super(Outcome.NOT_APPLIED, Retry.NEVER, "this Persistence is closed: open a new one", null);
  }
}
