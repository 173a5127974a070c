package io.odin.persistence.visibility.query;

import io.odin.persistence.error.InvalidRequestException;

/**
 * A token of a query.
 *
 * @param kind the kind
 * @param content the text, without quotes
 * @param written the text as it is in the query
 * @param position the offset of the first character
 */
record Token(Kind kind, String content, String written, int position) {

  private static final int SHOWN = 40;

  enum Kind {
    WORD,
    QUOTED_NAME,
    TEXT,
    NUMBER,
    DURATION,
    SYMBOL,
    END
  }

  /** Whether it is this keyword, case-insensitive. */
  boolean isKeyword(String keyword) {
    return kind == Kind.WORD && content.equalsIgnoreCase(keyword);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && content.equals(symbol);
  }

  /** Reports that the grammar, or the type of the field, requires another token. */
  InvalidRequestException unexpected(String expected) {
    return fault((kind == Kind.END ? "ends" : "has " + shown()) + " where " + expected);
  }

  InvalidRequestException fault(String reason) {
    return new InvalidRequestException("query", reason, position);
  }

  /** The text in quotes, shortened for a message. */
  String shown() {
    String whole = kind == Kind.TEXT ? written : '"' + written + '"';
    return whole.codePointCount(0, whole.length()) <= SHOWN
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, SHOWN)) + "...";
  }
}
