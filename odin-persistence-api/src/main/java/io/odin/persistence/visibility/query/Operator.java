package io.odin.persistence.visibility.query;

/** How a field is compared with a value. */
public enum Operator {
  /** The same. A list of keywords: one of them is the same. */
  EQUAL("="),
  /** Not the same. A list of keywords: none of them is the same. */
  NOT_EQUAL("!="),
  /** Before the value. */
  LESS("<"),
  /** Before the value, or the same. */
  LESS_OR_EQUAL("<="),
  /** After the value. */
  GREATER(">"),
  /** After the value, or the same. */
  GREATER_OR_EQUAL(">=");

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  /** As it is written in queries. */
  public String symbol() {
    return symbol;
  }

  /** The operator that holds for exactly the values for which this one does not. */
  public Operator negated() {
    return switch (this) {
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
      case LESS -> GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> GREATER;
      case GREATER -> LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> LESS;
    };
  }
}
