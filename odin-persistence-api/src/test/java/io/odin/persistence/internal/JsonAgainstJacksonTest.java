package io.odin.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.odin.persistence.error.InvalidRequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares the verdicts of JsonReader with those of Jackson's databind, which reads bytes. */
class JsonAgainstJacksonTest {

  private static final long SEED = 20261101;
  private static final String ALPHABET =
      "{}[]:,\"\\/bfnrtu0123456789aAeE+-. \n\u0001\u00e9\uD83D\uDE00";

  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .disable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .build();

  /** The reasons of I-JSON, and of our rule for numbers, that the grammar has not. */
  private static final List<String> STRICTER_THAN_JACKSON =
      List.of("holds a NUL escape", "holds a lone surrogate", "has a number that not every");

  private final Random random = new Random(SEED);

  @Test
  void generatedDocuments_haveTheSameMeaningForBoth() {
    for (int i = 0; i < 2_000; i++) {
      String text = document();
      String canonical = JsonReader.canonical(text);
      assertThat(equal(jackson(text).orElseThrow(), jackson(canonical).orElseThrow()))
          .as("%s means %s", text, canonical)
          .isTrue();
      assertThat(JsonReader.canonical(canonical)).isEqualTo(canonical);
    }
  }

  @Test
  void damagedDocuments_areRefusedByBoth_orHaveTheSameMeaning() {
    int taken = 0;
    int refused = 0;
    for (int i = 0; i < 15_000; i++) {
      String text = damaged(document());
      Optional<JsonNode> theirs = jackson(text);
      try {
        String canonical = JsonReader.canonical(text);
        assertThat(theirs).as("taken by us, refused by Jackson: %s", text).isPresent();
        assertThat(equal(theirs.orElseThrow(), jackson(canonical).orElseThrow()))
            .as("%s means %s", text, canonical)
            .isTrue();
        taken++;
      } catch (InvalidRequestException e) {
        if (theirs.isPresent()) {
          assertThat(STRICTER_THAN_JACKSON)
              .as("refused by us, taken by Jackson: %s", text)
              .anyMatch(e.reason()::startsWith);
        }
        assertThat(e.position().orElse(-1)).as(text).isBetween(0, text.length());
        refused++;
      }
    }
    assertThat(taken).isGreaterThan(500);
    assertThat(refused).isGreaterThan(5_000);
  }

  /** As bytes: given a text, Jackson reads a hexadecimal digit by its lower byte alone. */
  private static Optional<JsonNode> jackson(String text) {
    try {
      JsonNode node = JACKSON.readTree(text.getBytes(StandardCharsets.UTF_8));
      return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean equal(JsonNode one, JsonNode other) {
    Comparator<JsonNode> byValue =
        (a, b) ->
            a.isNumber() && b.isNumber()
                ? a.decimalValue().compareTo(b.decimalValue())
                : a.equals(b) ? 0 : 1;
    return one.equals(byValue, other);
  }

  private String document() {
    StringBuilder output = new StringBuilder();
    value(4, output);
    return output.toString();
  }

  private void value(int levels, StringBuilder output) {
    space(output);
    switch (random.nextInt(levels > 0 ? 8 : 6)) {
      case 0 -> output.append(random.nextBoolean());
      case 1 -> output.append("null");
      case 2, 3 -> number(output);
      case 4, 5 -> quoted(name(), output);
      case 6 -> array(levels, output);
      default -> object(levels, output);
    }
    space(output);
  }

  private void array(int levels, StringBuilder output) {
    String separator = "[";
    for (int i = random.nextInt(5); i > 0; i--) {
      output.append(separator);
      value(levels - 1, output);
      separator = ",";
    }
    output.append(separator.equals("[") ? "[" : "").append("]");
  }

  private void object(int levels, StringBuilder output) {
    Set<String> distinct = new HashSet<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      distinct.add(name());
    }
    List<String> names = new ArrayList<>(distinct);
    Collections.sort(names);
    Collections.shuffle(names, random);
    output.append('{');
    for (String name : names) {
      output.append(name.equals(names.getFirst()) ? "" : ",");
      space(output);
      quoted(name, output);
      space(output);
      output.append(':');
      value(levels - 1, output);
    }
    output.append('}');
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      name.appendCodePoint(
          switch (random.nextInt(6)) {
            case 0 -> 0x1F600 + random.nextInt(32);
            case 1 -> 1 + random.nextInt(31);
            case 2 -> 0xC0 + random.nextInt(0x3000);
            case 3 -> "\"\\/".charAt(random.nextInt(3));
            default -> 'a' + random.nextInt(26);
          });
    }
    return name.toString();
  }

  private void quoted(String content, StringBuilder output) {
    output.append('"');
    content
        .codePoints()
        .forEach(
            codePoint -> {
              boolean must = codePoint < ' ' || codePoint == '"' || codePoint == '\\';
              boolean escape = must || random.nextInt(4) == 0;
              String hexadecimal = random.nextBoolean() ? "\\u%04x" : "\\u%04X";
              for (char unit : Character.toChars(codePoint)) {
                output.append(escape ? String.format(hexadecimal, (int) unit) : unit);
              }
            });
    output.append('"');
  }

  private void number(StringBuilder output) {
    switch (random.nextInt(5)) {
      case 0 -> output.append(random.nextInt(-20, 20));
      case 1 -> output.append(random.nextLong());
      case 2 ->
          output.append(random.nextInt(1000)).append(".").append(random.nextInt(10)).append("0");
      case 3 -> output.append(random.nextInt(9)).append("e").append(random.nextInt(-30, 30));
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        output.append(Double.isFinite(any) ? any : 0.5);
      }
    }
  }

  private void space(StringBuilder output) {
    if (random.nextInt(4) == 0) {
      output.append(" \n\r\t".charAt(random.nextInt(4)));
    }
  }

  private String damaged(String text) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = 1 + random.nextInt(2); i > 0 && !damaged.isEmpty(); i--) {
      int at = random.nextInt(damaged.length());
      char unit = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(4)) {
        case 0 -> damaged.deleteCharAt(at);
        case 1 -> damaged.insert(at, unit);
        case 2 -> damaged.setCharAt(at, unit);
        default -> damaged.setLength(at);
      }
    }
    return damaged.toString();
  }
}
