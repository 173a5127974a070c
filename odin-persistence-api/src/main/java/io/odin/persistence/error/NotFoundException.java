package io.odin.persistence.error;

/** What the operation is about does not exist, or is deleted. */
public final class NotFoundException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String key;

  /**
   * Names what is missing.
   *
   * @param kind what it is: "namespace", "run", ...
   * @param key its key, printable
   */
  public NotFoundException(String kind, String key) {
    super(Outcome.NOT_APPLIED, Retry.NEVER, kind + " not found: " + key, null);
    this.kind = kind;
    this.key = key;
  }

  /** What is missing: "namespace", "run", ... */
  public String kind() {
    return kind;
  }

  /** Its key, printable. */
  public String key() {
    return key;
  }
}
