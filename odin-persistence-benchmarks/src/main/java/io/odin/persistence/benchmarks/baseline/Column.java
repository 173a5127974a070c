package io.odin.persistence.benchmarks.baseline;

/**
 * A column of the rows that a statement takes.
 *
 * @param name of the column
 * @param type what it holds
 */
public record Column(String name, Type type) {

  enum Type {
    TEXT,
    NUMBER,
    INTEGER,
    INSTANT,
    UUID,
    JSON,
    BYTES
  }

  /** Holds String. */
  public static Column text(String name) {
    return new Column(name, Type.TEXT);
  }

  /** Holds Long. */
  public static Column number(String name) {
    return new Column(name, Type.NUMBER);
  }

  /** Holds Integer. */
  public static Column integer(String name) {
    return new Column(name, Type.INTEGER);
  }

  /** Holds Instant. */
  public static Column instant(String name) {
    return new Column(name, Type.INSTANT);
  }

  /** Holds UUID. */
  public static Column uuid(String name) {
    return new Column(name, Type.UUID);
  }

  /** Holds JSON as String. */
  public static Column json(String name) {
    return new Column(name, Type.JSON);
  }

  /** Holds null: payloads of the benchmarks are documents. */
  public static Column noBytes(String name) {
    return new Column(name, Type.BYTES);
  }
}
