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
  private static final Comparator<Member> BY_NAME = (a, b) -> a.name().compareTo(b.name());

  private final String text;
  private final JsonParser parser;
  private final StringBuilder output;
  private long expansion;
  private long expansionOfOutput;

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

  /** How many characters more the numbers take that were read, without their exponents. */
  long expansion() {
    return expansion;
  }

  /** How many characters more the numbers take that were printed, without their exponents. */
  long expansionOfOutput() {
    return expansionOfOutput;
  }

  /** Prints the value that begins with the parser's next token. */
  void value() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw JsonFault.in(text);
    }
    value(token);
  }

  private void value(JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> string(parser.getText());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> output.append(token.asString());
      default -> throw JsonFault.in(text);
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
    boolean rising = true;
    String previous = "";
    output.append('{');
    int begin = output.length();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!members.isEmpty()) {
        output.append(',');
      }
      int from = output.length();
      if (isLongName(name)) {
        throw JsonFault.in(text);
      }
      string(name);
      output.append(':');
      value();
      rising &= members.isEmpty() || previous.compareTo(name) < 0;
      previous = name;
      members.add(new Member(name, from, output.length()));
    }
    if (!rising) {
      sort(members, begin);
    }
    output.append('}');
  }

  private void sort(List<Member> members, int begin) {
    String printed = output.substring(begin);
    output.setLength(begin);
    members.sort(BY_NAME);
    Member previous = null;
    for (Member member : members) {
      if (previous != null && previous.name().equals(member.name())) {
        throw JsonFault.in(text);
      }
      output.append(previous == null ? "" : ",");
      output.append(printed, member.from() - begin, member.to() - begin);
      previous = member;
    }
  }

  private void array() throws IOException {
    output.append('[');
    int begin = output.length();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (output.length() > begin) {
        output.append(',');
      }
      value(token);
    }
    output.append(']');
  }

  private void integer() throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      number();
    } else {
      output.append(parser.getLongValue());
    }
  }

  private void number() throws IOException {
    String written = parser.getText();
    String plain = JsonNumber.plain(written).orElseThrow(() -> JsonFault.in(text));
    expansion += JsonNumber.expansion(written);
    expansionOfOutput += JsonNumber.expansion(plain);
    output.append(plain);
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

  /** Whether MySQL refuses the name of a member for its length. */
  static boolean isLongName(String name) {
    return Utf8.length(name) > Require.JSON_NAME_BYTES;
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
    for (int i = 0; i < content.length(); i++) {
      int codePoint = content.codePointAt(i);
      if (codePoint == 0
          || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
        return false;
      }
      i += Character.charCount(codePoint) - 1;
    }
    return true;
  }
}
