package io.odin.persistence.visibility.query;

/** The comparison operators. */
public enum Operator {
  /** Equal. For a list of keywords: one of them is equal. */
  EQUAL("="),
  /** Not equal, also written {@code <>}. For a list of keywords: none of them is equal. */
  NOT_EQUAL("!="),
  /** Before the value. */
  LESS("<"),
  /** Before the value, or equal. */
  LESS_OR_EQUAL("<="),
  /** After the value. */
  GREATER(">"),
  /** After the value, or equal. */
  GREATER_OR_EQUAL(">=");

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  /** The symbol in queries. */
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
