package io.odin.persistence.sql.statement;

import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * The values of a query that a user has composed: each is bound when the query is read, under a
 * name of its own, and none becomes text of the statement. Not thread-safe.
 */
public final class Parameters {

  private final Binds binds;
  private int count;
  private boolean complete;

  /**
   * Begins.
   *
   * @param binds where the values are added
   */
  public Parameters(Binds binds) {
    this.binds = binds;
  }

  /** A parameter with this value. */
  public Deferred<Field<Object>> of(Object value) {
    String name = bound(value);
    return () -> Renderer.param(name);
  }

  /** A parameter with this text. */
  public Deferred<Field<String>> text(String value) {
    String name = bound(value);
    return () -> DSL.param(name, String.class);
  }

  /**
   * All values are bound. A parameter that came later, while SQL is made, would have no value when
   * the same SQL is used again.
   */
  public void complete() {
    complete = true;
  }

  private String bound(Object value) {
    if (complete) {
      throw new IllegalStateException("a value is bound while SQL is made: bind it before");
    }
    String name = "value_" + ++count;
    binds.and(name, value);
    return name;
  }
}
