package io.odin.persistence.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Prints what a parser reads in the form that equal documents share: members sorted by name, no
 * white space, the fewest escapes, plain numbers. Refuses what the grammar allows and I-JSON does
 * not: NUL, lone surrogates, and numbers that no 64-bit integer or double holds. Not thread-safe.
 */
final class CanonicalForm {

  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  private final String text;
  private final JsonParser parser;
  private final StringBuilder output;

  /**
   * Prints a document, or a part of it.
   *
   * @param text what the parser reads
   */
  CanonicalForm(String text, JsonParser parser, StringBuilder output) {
    this.text = text;
    this.parser = parser;
    this.output = output;
  }

  /** Prints the value that begins with the parser's current token. */
  void value() throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> string(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> output.append(parser.getText());
      case null, default -> throw JsonFault.in(text);
    }
  }

  /**
   * A member that was printed.
   *
   * @param name its name
   * @param from where it begins in the output
   * @param to where it ends
   */
  private record Member(String name, int from, int to) {}

  private void object() throws IOException {
    List<Member> members = new ArrayList<>();
    boolean sorted = true;
    String previous = "";
    output.append('{');
    int begin = output.length();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!members.isEmpty()) {
        output.append(',');
      }
      int from = output.length();
      string(name);
      output.append(':');
      parser.nextToken();
      value();
      members.add(new Member(name, from, output.length()));
      sorted &= previous.compareTo(name) <= 0;
      previous = name;
    }
    if (!sorted) {
      sort(members, begin);
    }
    output.append('}');
  }

  private void sort(List<Member> members, int begin) {
    StringBuilder sorted = new StringBuilder(output.length() - begin);
    members.sort(Comparator.comparing(Member::name));
    for (Member member : members) {
      if (!sorted.isEmpty()) {
        sorted.append(',');
      }
      sorted.append(output, member.from(), member.to());
    }
    output.setLength(begin);
    output.append(sorted);
  }

  private void array() throws IOException {
    output.append('[');
    int begin = output.length();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (output.length() > begin) {
        output.append(',');
      }
      value();
    }
    output.append(']');
  }

  private void number() throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.INT
        || parser.getNumberType() == JsonParser.NumberType.LONG) {
      output.append(parser.getLongValue());
    } else {
      output.append(JsonNumber.plain(parser.getText()).orElseThrow(() -> JsonFault.in(text)));
    }
  }

  private void string(String content) {
    output.append('"');
    if (isPlain(content)) {
      output.append(content);
    } else if (isWellFormed(content)) {
      ENCODER.quoteAsString(content, output);
    } else {
      throw JsonFault.in(text);
    }
    output.append('"');
  }

  /** Whether a text is printed as it is, and has no surrogates, as most have none. */
  private static boolean isPlain(String content) {
    for (int i = 0; i < content.length(); i++) {
      char unit = content.charAt(i);
      if (unit < ' ' || unit == '"' || unit == '\\' || Character.isSurrogate(unit)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text has no NUL and no lone surrogate. */
  static boolean isWellFormed(String content) {
    return content
        .codePoints()
        .allMatch(
            point ->
                point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE));
  }
}
