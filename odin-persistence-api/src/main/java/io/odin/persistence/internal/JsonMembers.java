package io.odin.persistence.internal;

import io.odin.persistence.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the members of a JSON object that are plain: a text is a String, a number is a Long if it
 * is one and a Double otherwise, a truth value is a Boolean, an array of texts is a List of String.
 * Other members are passed over, and a document that is no object has none.
 */
public final class JsonMembers {

  // Without faults, since it makes a document; not the canonical text, which is dear to make.
  private final String text;
  private int position;

  private JsonMembers(String text) {
    this.text = text;
  }

  /** The plain members by name. */
  public static Map<String, Object> of(Json document) {
    JsonMembers reader = new JsonMembers(document.text());
    return reader.token() == '{' ? reader.object() : Map.of();
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new TreeMap<>();
    position++;
    while (!ends('}')) {
      String name = string();
      token();
      position++;
      value().ifPresent(value -> members.put(name, value));
    }
    return members;
  }

  private Optional<Object> value() {
    return switch (token()) {
      case '"' -> Optional.of(string());
      case '[' -> texts();
      case '{' -> {
        object();
        yield Optional.empty();
      }
      default -> word();
    };
  }

  private Optional<Object> texts() {
    List<String> texts = new ArrayList<>();
    boolean plain = true;
    position++;
    while (!ends(']')) {
      Optional<String> element = value().filter(String.class::isInstance).map(String.class::cast);
      element.ifPresent(texts::add);
      plain &= element.isPresent();
    }
    return plain ? Optional.of(List.copyOf(texts)) : Optional.empty();
  }

  /** A number, true, false or null. */
  private Optional<Object> word() {
    int start = position;
    while (position < text.length() && ",]}".indexOf(peek()) < 0 && !JsonText.isSpace(peek())) {
      position++;
    }
    String word = text.substring(start, position);
    return switch (word) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      case "null" -> Optional.empty();
      default -> Optional.of(number(word));
    };
  }

  private static Object number(String word) {
    try {
      return new BigDecimal(word).longValueExact();
    } catch (ArithmeticException e) {
      return Double.parseDouble(word);
    }
  }

  private String string() {
    StringBuilder content = new StringBuilder();
    token();
    position++;
    while (peek() != '"') {
      content.append(peek() == '\\' ? escape() : peek());
      position++;
    }
    position++;
    return content.toString();
  }

  /** The escaped character; stays at its last one. */
  private char escape() {
    position++;
    return switch (peek()) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        position += 4;
        yield (char) Integer.parseInt(text.substring(position - 3, position + 1), 16);
      }
      default -> peek();
    };
  }

  /** Whether the object or array ends here; steps over its end, or over the comma before more. */
  private boolean ends(char closing) {
    char here = token();
    if (here == closing || here == ',') {
      position++;
    }
    return here == closing;
  }

  /** The next character that is not white space; stands at it then. */
  private char token() {
    while (JsonText.isSpace(peek())) {
      position++;
    }
    return peek();
  }

  private char peek() {
    return text.charAt(position);
  }
}
