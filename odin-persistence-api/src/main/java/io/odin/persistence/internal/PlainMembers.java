package io.odin.persistence.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the plain members of a stored JSON object: texts as String, numbers as Long if they are
 * whole 64-bit numbers, else as Double, booleans as Boolean, arrays of texts as List of String.
 * Skips other members.
 */
public final class PlainMembers {

  private PlainMembers() {}

  /**
   * The plain members by name; none if the document is no object.
   *
   * @param document a document that a database has stored: JSON, but not always I-JSON
   */
  public static SortedMap<String, Object> of(String document) {
    SortedMap<String, Object> members = new TreeMap<>();
    try (JsonParser parser = JsonReader.storedParser(document)) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        value(parser).ifPresent(value -> members.put(name, value));
      }
    } catch (IOException e) {
      throw JsonFault.in(document);
    }
    return members;
  }

  private static Optional<Object> value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> Optional.of(parser.getText());
      case VALUE_NUMBER_INT ->
          Optional.of(
              parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                  ? number(parser.getText())
                  : (Object) parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> Optional.of(number(parser.getText()));
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      case START_ARRAY -> texts(parser);
      default -> {
        parser.skipChildren();
        yield Optional.empty();
      }
    };
  }

  private static Optional<Object> texts(JsonParser parser) throws IOException {
    List<String> texts = new ArrayList<>();
    boolean plain = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      plain &= parser.currentToken() == JsonToken.VALUE_STRING;
      texts.add(parser.getText());
      parser.skipChildren();
    }
    return plain ? Optional.of(List.copyOf(texts)) : Optional.empty();
  }

  private static Object number(String written) {
    try {
      return new BigDecimal(written).longValueExact();
    } catch (ArithmeticException e) {
      return Double.parseDouble(written);
    }
  }
}
