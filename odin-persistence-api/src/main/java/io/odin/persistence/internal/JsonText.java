package io.odin.persistence.internal;

import io.odin.persistence.error.InvalidRequestException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one I-JSON document, to check it and to print it in canonical form. The API may not depend
 * on a JSON library, and both the refusals and equality by value must be the same on every backend:
 * see docs/decisions.
 */
public final class JsonText {

  // MySQL's own limit; PostgreSQL goes deeper.
  private static final int MAXIMUM_DEPTH = 100;
  // Longer ones are not the text of any 64-bit integer or double, and would be slow to read.
  private static final int MAXIMUM_NUMBER_LENGTH = 400;
  private static final int SURELY_LONG_DIGITS = 18;
  private static final BigDecimal MINIMUM_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAXIMUM_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private final String text;
  private int position;
  private int depth;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * Reads a document.
   *
   * @return the one text that all documents of the same value share
   * @throws InvalidRequestException with the position of the first fault
   */
  public static String canonical(String text) {
    JsonText reader = new JsonText(text);
    StringBuilder output = new StringBuilder(text.length());
    reader.value(output);
    reader.requireEnd();
    return output.toString();
  }

  private void requireEnd() {
    skipSpace();
    if (position < text.length()) {
      throw fault("goes on after the document: exactly one is expected");
    }
  }

  /**
   * Reads an object.
   *
   * @return its members by name, in the order in which they stand, each in canonical form
   * @throws InvalidRequestException with the position of the first fault
   */
  public static Map<String, String> members(String text) {
    JsonText reader = new JsonText(text);
    Map<String, String> members = new LinkedHashMap<>();
    reader.skipSpace();
    reader.expect('{');
    while (reader.next('}', members.isEmpty())) {
      reader.skipSpace();
      int start = reader.position;
      String name = reader.string();
      reader.skipSpace();
      reader.expect(':');
      StringBuilder member = new StringBuilder();
      reader.value(member);
      if (members.put(name, member.toString()) != null) {
        throw fault("names a member twice: give each name once", start);
      }
    }
    reader.requireEnd();
    return members;
  }

  /** The content of a text that is written in quotes. */
  public static String unquoted(String literal) {
    return new JsonText(literal).string();
  }

  private void value(StringBuilder output) {
    skipSpace();
    switch (peek()) {
      case '{' -> object(output);
      case '[' -> array(output);
      case '"' -> string(output);
      case 't' -> word("true", output);
      case 'f' -> word("false", output);
      case 'n' -> word("null", output);
      default -> number(output);
    }
  }

  private void object(StringBuilder output) {
    enter();
    output.append('{');
    Members members = new Members(output.length());
    while (next('}', members.isEmpty())) {
      skipSpace();
      int start = position;
      String name = string();
      if (!members.isNew(name)) {
        throw fault("names a member twice: give each name once", start);
      }
      skipSpace();
      expect(':');
      if (!members.isEmpty()) {
        output.append(',');
      }
      int from = output.length();
      quote(name, output);
      output.append(':');
      value(output);
      members.add(new Member(name, from, output.length()));
    }
    depth--;
    members.sort(output);
    output.append('}');
  }

  /**
   * A member that was printed.
   *
   * @param name its name
   * @param from where it begins in the output
   * @param to where it ends
   */
  private record Member(String name, int from, int to) {}

  /** The members of one object. Those that come in order, which most do, stay where they are. */
  private static final class Members {
    private final int begin;
    private final List<Member> printed = new ArrayList<>();
    // Made when the first member comes out of order: before that, no name can come twice.
    private @Nullable Set<String> names;

    Members(int begin) {
      this.begin = begin;
    }

    boolean isEmpty() {
      return printed.isEmpty();
    }

    boolean isNew(String name) {
      if (names == null && (isEmpty() || printed.getLast().name().compareTo(name) < 0)) {
        return true;
      }
      if (names == null) {
        names = new HashSet<>();
        for (Member member : printed) {
          names.add(member.name());
        }
      }
      return names.add(name);
    }

    void add(Member member) {
      printed.add(member);
    }

    void sort(StringBuilder output) {
      if (names == null) {
        return;
      }
      printed.sort(Comparator.comparing(Member::name));
      StringBuilder sorted = new StringBuilder(output.length() - begin);
      for (Member member : printed) {
        if (!sorted.isEmpty()) {
          sorted.append(',');
        }
        sorted.append(output, member.from(), member.to());
      }
      output.setLength(begin);
      output.append(sorted);
    }
  }

  private void array(StringBuilder output) {
    enter();
    output.append('[');
    for (boolean first = true; next(']', first); first = false) {
      if (!first) {
        output.append(',');
      }
      value(output);
    }
    depth--;
    output.append(']');
  }

  /** Steps over the opening bracket. */
  private void enter() {
    if (++depth > MAXIMUM_DEPTH) {
      throw fault("is nested deeper than " + MAXIMUM_DEPTH + " levels");
    }
    position++;
  }

  /**
   * Whether another element follows; steps over the comma before it, or over the closing bracket.
   */
  private boolean next(char closing, boolean first) {
    skipSpace();
    if (peek() == closing) {
      position++;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  private void word(String word, StringBuilder output) {
    if (!text.startsWith(word, position)) {
      throw fault("has an unknown word: true, false or null is expected");
    }
    position += word.length();
    output.append(word);
  }

  private void number(StringBuilder output) {
    int start = position;
    if (isPlainInteger()) {
      output.append(text, start, position);
      return;
    }
    if (peek() == '-') {
      position++;
    }
    if (peek() == '0') {
      position++;
    } else {
      digits();
    }
    if (peek() == '.') {
      position++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      position++;
      if (peek() == '+' || peek() == '-') {
        position++;
      }
      digits();
    }
    output.append(plain(text.substring(start, position), start));
  }

  /**
   * Steps over a whole number that is written as it is printed and that 64 bits surely hold; stays
   * where it is before any other number.
   */
  private boolean isPlainInteger() {
    int end = position;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    int length = end - position;
    boolean plain =
        length >= 1
            && length <= SURELY_LONG_DIGITS
            && (length == 1 || peek() != '0')
            && (end == text.length() || ".eE".indexOf(text.charAt(end)) < 0);
    if (plain) {
      position = end;
    }
    return plain;
  }

  private void digits() {
    int start = position;
    while (peek() >= '0' && peek() <= '9') {
      position++;
    }
    if (position == start) {
      throw fault(position == text.length() ? "ends too early" : "has an unexpected character");
    }
  }

  /**
   * The number in plain form, if a 64-bit integer holds it, or a double holds it as it is written.
   */
  private static String plain(String written, int start) {
    if (written.length() <= MAXIMUM_NUMBER_LENGTH && isWithinDoubles(written)) {
      BigDecimal exact = new BigDecimal(written).stripTrailingZeros();
      if (exact.scale() <= 0
          && MINIMUM_LONG.compareTo(exact) <= 0
          && exact.compareTo(MAXIMUM_LONG) <= 0) {
        return exact.toPlainString();
      }
      // The shortest text that names the double: what it would be printed as, hence held exactly if
      // it is equal.
      double number = Double.parseDouble(written);
      BigDecimal held = new BigDecimal(Double.toString(number)).stripTrailingZeros();
      if (exact.compareTo(held) == 0 || exact.compareTo(inOneDigit(number)) == 0) {
        return held.toString();
      }
    }
    throw fault("has a number that not every backend holds exactly: send it as a text", start);
  }

  /** Java prints two digits at the least where others print one: 4.9E-324 is their 5e-324. */
  private static BigDecimal inOneDigit(double number) {
    return new BigDecimal(number).round(new MathContext(1));
  }

  /** Neither beyond the largest double nor so small that only zero is left of it. */
  private static boolean isWithinDoubles(String written) {
    double rounded = Double.parseDouble(written);
    return rounded == 0
        ? written.matches("-?0(\\.0+)?([eE][-+]?\\d{1,9})?")
        : Double.isFinite(rounded);
  }

  /** Prints a text; one without escapes, which most are, as it stands. */
  private void string(StringBuilder output) {
    int end = plainEnd(position + 1);
    if (end < text.length() && text.charAt(end) == '"') {
      output.append(text, position, end + 1);
      position = end + 1;
    } else {
      quote(string(), output);
    }
  }

  private int plainEnd(int start) {
    int end = start;
    while (end < text.length() && isPlain(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private String string() {
    expect('"');
    int end = plainEnd(position);
    if (end < text.length() && text.charAt(end) == '"') {
      String plain = text.substring(position, end);
      position = end + 1;
      return plain;
    }
    StringBuilder content = new StringBuilder();
    while (peek() != '"') {
      int start = position;
      char unit = peek() == '\\' ? escape() : plainUnit();
      if (unit == 0) {
        throw fault("holds a NUL escape, which no backend can store", start);
      }
      if (Character.isLowSurrogate(unit) != endsInHighSurrogate(content)) {
        throw fault("holds a lone surrogate, which is not a character", start);
      }
      content.append(unit);
    }
    if (endsInHighSurrogate(content)) {
      throw fault("holds a lone surrogate, which is not a character");
    }
    position++;
    return content.toString();
  }

  /** Whether a character stands for itself, in a text and in print. */
  private static boolean isPlain(char unit) {
    return unit >= ' ' && unit != '"' && unit != '\\' && !Character.isSurrogate(unit);
  }

  private static boolean endsInHighSurrogate(StringBuilder content) {
    // A pair is complete when a low surrogate has been appended, so only an open one is seen here.
    return !content.isEmpty() && Character.isHighSurrogate(content.charAt(content.length() - 1));
  }

  private char plainUnit() {
    char unit = peek();
    if (unit < ' ') {
      throw fault(
          position == text.length()
              ? "ends within a text"
              : "has a control character within a text: escape it");
    }
    position++;
    return unit;
  }

  private char escape() {
    position++;
    char kind = peek();
    position++;
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw fault("has an unknown escape", position - 2);
    };
  }

  private char hexadecimal() {
    int unit = 0;
    for (int i = 0; i < 4; i++, position++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0 || peek() > 'f') {
        throw fault("has an escape without four hexadecimal digits");
      }
      unit = (unit << 4) | digit;
    }
    return (char) unit;
  }

  /** A text as a JSON string. */
  public static String quoted(String content) {
    StringBuilder output = new StringBuilder(content.length() + 2);
    quote(content, output);
    return output.toString();
  }

  /** Appends a text as a JSON string. */
  public static void quote(String content, StringBuilder output) {
    output.append('"');
    int from = 0;
    for (int i = 0; i < content.length(); i++) {
      char unit = content.charAt(i);
      if (unit < ' ' || unit == '"' || unit == '\\') {
        output.append(content, from, i).append(escaped(unit));
        from = i + 1;
      }
    }
    output.append(content, from, content.length()).append('"');
  }

  private static String escaped(char unit) {
    return switch (unit) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) unit);
    };
  }

  private void skipSpace() {
    while (isSpace(peek())) {
      position++;
    }
  }

  /** Whether a character may stand between the parts of a document. */
  static boolean isSpace(char unit) {
    return unit == ' ' || unit == '\n' || unit == '\r' || unit == '\t';
  }

  private void expect(char expected) {
    if (peek() != expected || position == text.length()) {
      throw fault(
          (position == text.length() ? "ends too early" : "has an unexpected character")
              + ": '"
              + expected
              + "' is expected");
    }
    position++;
  }

  /**
   * The next character, or NUL at the end; a NUL in the text is refused wherever a character is
   * taken.
   */
  private char peek() {
    return position < text.length() ? text.charAt(position) : 0;
  }

  private InvalidRequestException fault(String reason) {
    return fault(reason, position);
  }

  private static InvalidRequestException fault(String reason, int position) {
    return new InvalidRequestException("json", reason, position);
  }
}
