package io.odin.persistence.sql.statement;

import org.jooq.Param;
import org.jooq.impl.DSL;

/**
 * The values of a query that a user has composed: each gets a name of its own and is bound, none
 * becomes text of the statement. Not thread-safe.
 */
public final class Parameters {

  private final Binds binds;
  private int count;

  /**
   * Begins.
   *
   * @param binds where the values are added
   */
  public Parameters(Binds binds) {
    this.binds = binds;
  }

  /** A parameter with this value. */
  public Param<Object> of(Object value) {
    return Renderer.param(bound(value));
  }

  /** A parameter with this text. */
  public Param<String> text(String value) {
    return DSL.param(bound(value), String.class);
  }

  private String bound(Object value) {
    String name = "value_" + ++count;
    binds.and(name, value);
    return name;
  }
}
