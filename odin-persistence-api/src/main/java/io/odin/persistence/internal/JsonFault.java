package io.odin.persistence.internal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.odin.persistence.error.InvalidRequestException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first fault of a document that was refused. Jackson's messages quote the document, and
 * its positions are off by some characters for some faults, not by the same in all its versions. So
 * the tokens are read again, and the one that cannot be read is searched character by character.
 * Not thread-safe.
 */
final class JsonFault {

  /** As much of a number as the grammar allows. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "-?(?:(?:0|[1-9][0-9]*+)(?:\\.(?:[0-9]++(?:[eE][-+]?[0-9]*+)?)?|[eE][-+]?[0-9]*+)?)?");

  private static final List<String> WORDS = List.of("true", "false", "null");
  private static final String LONE_SURROGATE = "holds a lone surrogate, which is not a character";
  private static final String NOT_HELD =
      "has a number that not every backend holds exactly: send it as a text";

  private final String text;
  private final JsonParser parser;
  private int position;
  // Of the last value or bracket.
  private int end;

  private JsonFault(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /** The first fault of a document that has one. */
  static InvalidRequestException in(String text) {
    try {
      check(text);
    } catch (InvalidRequestException fault) {
      return fault;
    }
    throw new IllegalStateException("a document is refused that has no fault");
  }

  /**
   * Checks a document token by token.
   *
   * @throws InvalidRequestException the first fault, if there is one
   */
  static void check(String text) {
    try (JsonParser parser = JsonReader.strictParser(text)) {
      new JsonFault(text, parser).tokens();
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot be read", e);
    }
  }

  private void tokens() throws IOException {
    JsonToken previous = null;
    boolean complete = false;
    while (next(previous)) {
      JsonToken token = parser.currentToken();
      position = offset(parser.currentTokenLocation());
      if (complete) {
        throw trailing();
      }
      switch (token) {
        case FIELD_NAME -> memberName();
        case VALUE_STRING -> string();
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> heldNumber();
        default -> position = offset(parser.currentLocation());
      }
      if (token != JsonToken.FIELD_NAME) {
        previous = token;
        complete = parser.getParsingContext().inRoot();
        end = position;
      }
    }
    if (!complete) {
      throw fault("ends too early", text.length());
    }
  }

  private boolean next(@Nullable JsonToken previous) {
    try {
      return parser.nextToken() != null;
    } catch (IOException e) {
      throw unreadable(previous);
    }
  }

  private static int offset(JsonLocation location) {
    return (int) location.getCharOffset();
  }

  /**
   * The fault of the token after the last value or bracket, which the parser cannot read.
   *
   * @param previous that value or bracket
   */
  private InvalidRequestException unreadable(@Nullable JsonToken previous) {
    JsonStreamContext context = parser.getParsingContext();
    if (context.getNestingDepth() > Require.JSON_DEPTH) {
      return fault(
          "is nested deeper than " + Require.JSON_DEPTH + " levels",
          offset(parser.currentLocation()) - 1);
    }
    position = end;
    skipSpace();
    if (previous != null && context.inRoot()) {
      return trailing();
    }
    if (previous != null && !previous.isStructStart()) {
      expect(',');
      skipSpace();
    }
    if (context.inObject()) {
      name();
    }
    return value();
  }

  private void name() {
    int start = position;
    string();
    if (parser.currentToken() != JsonToken.FIELD_NAME) {
      // Some versions of Jackson take no pair in a name of which one half only is an escape.
      boolean pairs = CanonicalForm.isWellFormed(text.substring(start, position));
      throw fault(pairs ? "names a member twice: give each name once" : LONE_SURROGATE, start);
    }
    skipSpace();
    expect(':');
    skipSpace();
  }

  private InvalidRequestException value() {
    if (position == text.length()) {
      return fault("ends too early");
    }
    if ("-0123456789".indexOf(peek()) >= 0) {
      return number();
    }
    for (String word : WORDS) {
      if (text.startsWith(word, position)) {
        position += word.length();
        return behindValue();
      }
    }
    return fault(
        "tfn".indexOf(peek()) >= 0
            ? "has an unknown word: true, false or null is expected"
            : "has an unexpected character");
  }

  private InvalidRequestException number() {
    int start = position;
    Matcher number = NUMBER.matcher(text).region(start, text.length());
    position = number.lookingAt() ? number.end() : start;
    if (!Character.isDigit(text.charAt(position - 1))) {
      return fault(position == text.length() ? "ends too early" : "has an unexpected character");
    }
    boolean held =
        position - start <= JsonReader.MAXIMUM_NUMBER_LENGTH
            && JsonNumber.plain(number.group()).isPresent();
    return held ? behindValue() : fault(NOT_HELD, start);
  }

  /** The fault after a value that can be read. */
  private InvalidRequestException behindValue() {
    if (parser.getParsingContext().inRoot()) {
      return trailing();
    }
    skipSpace();
    expect(',');
    return fault("has an unexpected character");
  }

  private void heldNumber() throws IOException {
    if (JsonNumber.plain(parser.getText()).isEmpty()) {
      throw fault(NOT_HELD);
    }
    position = offset(parser.currentLocation());
  }

  private void memberName() throws IOException {
    int start = position;
    string();
    if (CanonicalForm.isLongName(parser.currentName())) {
      throw fault("names a member with more than " + Require.JSON_NAME_BYTES + " bytes", start);
    }
  }

  private void string() {
    expect('"');
    boolean pairOpen = false;
    while (pairOpen || peek() != '"') {
      int start = position;
      char unit = peek() == '\\' ? escape() : plainUnit();
      if (unit == 0) {
        throw fault("holds a NUL escape, which no backend can store", start);
      }
      if (Character.isLowSurrogate(unit) != pairOpen) {
        throw fault(LONE_SURROGATE, start);
      }
      pairOpen = Character.isHighSurrogate(unit);
    }
    position++;
  }

  private char plainUnit() {
    if (peek() < ' ') {
      throw fault(
          position == text.length()
              ? "ends within a text"
              : "has a control character within a text: escape it");
    }
    return text.charAt(position++);
  }

  /** The escaped character, or another one that is no NUL and no surrogate either. */
  private char escape() {
    char kind = unitAt(position + 1);
    if (kind == 'u') {
      return hexadecimal();
    }
    if ("\"\\/bfnrt".indexOf(kind) < 0) {
      throw fault("has an unknown escape");
    }
    position += 2;
    return ' ';
  }

  private char hexadecimal() {
    int unit = 0;
    position += 2;
    for (int i = 0; i < 4; i++, position++) {
      if (!HexFormat.isHexDigit(peek())) {
        throw fault("has an escape without four hexadecimal digits");
      }
      unit = (unit << 4) | HexFormat.fromHexDigit(peek());
    }
    return (char) unit;
  }

  private void skipSpace() {
    while (position < text.length() && " \n\r\t".indexOf(peek()) >= 0) {
      position++;
    }
  }

  private void expect(char expected) {
    if (peek() != expected) {
      throw fault(
          (position == text.length() ? "ends too early" : "has an unexpected character")
              + (": '" + expected + "' is expected"));
    }
    position++;
  }

  private char peek() {
    return unitAt(position);
  }

  /** The character at an index, or NUL behind the end. */
  private char unitAt(int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }

  private InvalidRequestException trailing() {
    return fault("goes on after the document: exactly one is expected");
  }

  private InvalidRequestException fault(String reason) {
    return fault(reason, position);
  }

  private static InvalidRequestException fault(String reason, int position) {
    return new InvalidRequestException("json", reason, position);
  }
}
