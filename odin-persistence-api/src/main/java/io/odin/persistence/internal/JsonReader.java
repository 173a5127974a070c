package io.odin.persistence.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.odin.persistence.error.InvalidRequestException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads I-JSON documents with Jackson's streaming parser, which checks the grammar, the names of
 * members, the depth and the length of numbers. {@link CanonicalForm} adds the rules of I-JSON, and
 * {@link JsonFault} finds the position of a fault.
 */
public final class JsonReader {

  // A longer one, also if it is written without its exponent, is not the shortest text of any
  // 64-bit
  // integer or double, and would be slow to read.
  static final int MAXIMUM_NUMBER_LENGTH = 400;

  private static final JsonFactory LIMITED =
      factory(Require.JSON_DEPTH, MAXIMUM_NUMBER_LENGTH).build();
  private static final JsonFactory STRICT =
      factory(Require.JSON_DEPTH, MAXIMUM_NUMBER_LENGTH)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final JsonFactory LENIENT = factory(Integer.MAX_VALUE, Integer.MAX_VALUE).build();

  private JsonReader() {}

  private static JsonFactoryBuilder factory(int maximumDepth, int maximumNumberLength) {
    return new JsonFactoryBuilder()
        // It would keep the names of all documents in a table, and refuse names of equal hashes.
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        // The text is the parser's buffer: there is hardly anything to recycle.
        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(maximumDepth)
                .maxNumberLength(maximumNumberLength)
                // The text is in memory already; the stores limit documents as a whole.
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build());
  }

  /**
   * A parser that refuses every fault of the grammar, and member names that come twice. For the
   * latter it fills a hash set for each object: {@link CanonicalForm}, which sorts the members
   * anyway, does without.
   */
  static JsonParser strictParser(String text) throws IOException {
    return STRICT.createParser(text.toCharArray());
  }

  /** A parser for what a database has stored, which is JSON, but may be no I-JSON. */
  static JsonParser storedParser(String text) throws IOException {
    return LENIENT.createParser(text.toCharArray());
  }

  /**
   * A document that was read.
   *
   * @param canonical the one text that all documents of the same value share
   * @param expansion how many characters longer the text is if its numbers are written without
   *     exponents
   * @param expansionOfCanonical the same of the canonical text
   */
  public record Document(String canonical, long expansion, long expansionOfCanonical) {}

  /**
   * Reads a document.
   *
   * @throws InvalidRequestException with the position of the first fault
   */
  public static Document read(String text) {
    StringBuilder output = new StringBuilder(text.length());
    try (JsonParser parser = LIMITED.createParser(text.toCharArray())) {
      CanonicalForm form = new CanonicalForm(text, parser, output);
      form.value();
      requireEnd(text, parser);
      return new Document(output.toString(), form.expansion(), form.expansionOfOutput());
    } catch (IOException e) {
      throw JsonFault.in(text);
    }
  }

  /** The canonical text of a document, see {@link #read}. */
  public static String canonical(String text) {
    return read(text).canonical();
  }

  /**
   * Reads an object.
   *
   * @return its members by name, in the order of the text, each in canonical form
   * @throws InvalidRequestException with the position of the first fault, or if it is no object
   */
  public static Map<String, String> members(String text) {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = strictParser(text)) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        StringBuilder member = new StringBuilder();
        new CanonicalForm(text, parser, member).value();
        members.put(name, member.toString());
      }
      Require.that(object, "json", "is no object: '{' is expected");
      requireEnd(text, parser);
    } catch (IOException e) {
      throw JsonFault.in(text);
    }
    return members;
  }

  private static void requireEnd(String text, JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw JsonFault.in(text);
    }
    if (mayHaveWideDigit(text)) {
      JsonFault.check(text);
    }
  }

  /** Jackson takes a hexadecimal digit by its lower byte, and so U+0130 for the digit zero. */
  private static boolean mayHaveWideDigit(String text) {
    for (int at = text.indexOf("\\u"); at >= 0; at = text.indexOf("\\u", at + 2)) {
      for (int i = at + 2; i < Math.min(at + 6, text.length()); i++) {
        if (text.charAt(i) > 0xFF) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Reads a text.
   *
   * @param literal the text in quotes, as JSON writes it
   */
  public static String text(String literal) {
    try (JsonParser parser = strictParser(literal)) {
      Require.that(parser.nextToken() == JsonToken.VALUE_STRING, "json", "is no text");
      return parser.getText();
    } catch (IOException e) {
      throw JsonFault.in(literal);
    }
  }
}
