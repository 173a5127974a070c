package io.odin.persistence.error;

/** A record with the same key and other content exists. */
public final class AlreadyExistsException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String kind;
  // An exception is serializable by inheritance only; what it carries is for the process that
  // caught it.
  private final transient Object existing;

  /**
   * Reports the existing record.
   *
   * @param kind the kind of the record: "namespace", "run", "task", ...
   * @param key the key that is taken, printable
   * @param existing the record that holds it
   */
  public AlreadyExistsException(String kind, String key, Object existing) {
    super(Outcome.NOT_APPLIED, Retry.NEVER, kind + " already exists: " + key, null);
    this.kind = kind;
    this.existing = existing;
  }

  /** The kind of the existing record: "namespace", "run", "task", ... */
  public String kind() {
    return kind;
  }

  /**
   * The record that holds the key.
   *
   * @param type the record's type: {@code Namespace}, {@code RunSummary}, {@code TaskKey}, ...; the
   *     method that throws says which
   * @throws ClassCastException if it is of another type
   */
  public <T> T existing(Class<T> type) {
    return type.cast(existing);
  }
}
