package io.odin.persistence.visibility.query;

import io.odin.persistence.error.InvalidRequestException;

/**
 * A word of a query.
 *
 * @param kind what it is
 * @param content a quoted one without its quotes
 * @param written as it is written in the query
 * @param position where it begins
 */
record Token(Kind kind, String content, String written, int position) {

  private static final int SHOWN = 40;

  enum Kind {
    WORD,
    QUOTED_NAME,
    TEXT,
    NUMBER,
    SYMBOL,
    END
  }

  /** Whether it is this keyword, in any case. */
  boolean isKeyword(String keyword) {
    return kind == Kind.WORD && content.equalsIgnoreCase(keyword);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && content.equals(symbol);
  }

  /** This is not what the grammar, or the type of the field, asks for. */
  InvalidRequestException unexpected(String expected) {
    return fault((kind == Kind.END ? "ends" : "has " + shown()) + " where " + expected);
  }

  InvalidRequestException fault(String reason) {
    return new InvalidRequestException("query", reason, position);
  }

  /** As it was written, in quotes, and not longer than a message bears. */
  String shown() {
    String whole = kind == Kind.TEXT ? written : '"' + written + '"';
    return whole.codePointCount(0, whole.length()) <= SHOWN
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, SHOWN)) + "...";
  }
}
