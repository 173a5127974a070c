package io.odin.persistence.visibility.query;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a query into tokens, one at a time, so that the first fault is the one reported. */
final class Lexer {

  private static final Pattern SPACE = Pattern.compile("\\s*+");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*+");
  private static final String PERIOD =
      "(?:[0-9]++(?:\\.[0-9]*+)?" + Durations.UNITS + ")++(?![A-Za-z_0-9.])";
  private static final Pattern DURATION = Pattern.compile(PERIOD);
  // A duration is added or subtracted: the sign before it is a token.
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:[-+](?!" + PERIOD + "))?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][-+]?[0-9]++)?");
  private static final List<String> LONG_SYMBOLS = List.of("!=", "<>", "<=", ">=");

  private final String text;
  private int position;

  Lexer(String text) {
    this.text = text;
  }

  /** The next token; at the end of the text, always the end token. */
  Token next() {
    position = endOf(SPACE);
    if (position == text.length()) {
      return token(Token.Kind.END, position);
    }
    return switch (text.charAt(position)) {
      case '\'' -> quoted(Token.Kind.TEXT, "'");
      case '"' -> quoted(Token.Kind.TEXT, "\"");
      case '`' -> quoted(Token.Kind.QUOTED_NAME, "`");
      default -> plain();
    };
  }

  private Token plain() {
    int wordEnd = endOf(WORD);
    if (wordEnd > position) {
      return token(Token.Kind.WORD, wordEnd);
    }
    int durationEnd = endOf(DURATION);
    if (durationEnd > position) {
      return token(Token.Kind.DURATION, durationEnd);
    }
    int numberEnd = endOf(NUMBER);
    if (numberEnd > position) {
      return token(Token.Kind.NUMBER, numberEnd);
    }
    // Any other character: the parser reports what it expects instead.
    return token(
        Token.Kind.SYMBOL,
        LONG_SYMBOLS.stream().anyMatch(symbol -> text.startsWith(symbol, position))
            ? position + 2
            : text.offsetByCodePoints(position, 1));
  }

  /** Within quotes a doubled quote is one quote; there are no other escapes. */
  private Token quoted(Token.Kind kind, String quote) {
    int end = position;
    do {
      end = text.indexOf(quote, end + 1);
      if (end < 0) {
        throw token(kind, text.length())
            .fault("opens a quote that is not closed: close it with " + quote);
      }
      end++;
    } while (text.startsWith(quote, end));
    String content = text.substring(position + 1, end - 1).replace(quote + quote, quote);
    Token token = new Token(kind, content, text.substring(position, end), position);
    position = end;
    return token;
  }

  private Token token(Token.Kind kind, int end) {
    String written = text.substring(position, end);
    Token token = new Token(kind, written, written, position);
    position = end;
    return token;
  }

  /** The end of the match at the position; the position if there is none. */
  private int endOf(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(position, text.length());
    return matcher.lookingAt() ? matcher.end() : position;
  }
}
