package io.odin.persistence.error;

/** A record that the operation requires does not exist, or is deleted. */
public final class NotFoundException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String key;

  /**
   * Reports the missing record.
   *
   * @param kind the kind of the record: "namespace", "run", ...
   * @param key its key, printable
   */
  public NotFoundException(String kind, String key) {
    super(Outcome.NOT_APPLIED, Retry.NEVER, kind + " not found: " + key, null);
    this.kind = kind;
    this.key = key;
  }

  /** The kind of the missing record: "namespace", "run", ... */
  public String kind() {
    return kind;
  }

  /** Its key, printable. */
  public String key() {
    return key;
  }
}
