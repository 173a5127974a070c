package io.odin.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "-0.000, 0",
    "0e999, 0",
    "0.0E-0397, 0",
    "1E2, 100",
    "1e+0002, 100",
    "100.00, 100",
    "-12.50, -12.5",
    "0.1, 0.1",
    "1e-1, 0.1",
    "0.30000000000000004, 0.30000000000000004",
    "0.0000001, 1E-7",
    "10000000000000000000000, 1E+22",
    "1e22, 1E+22",
    "1.7976931348623157e308, 1.7976931348623157E+308",
    "2.2250738585072014e-308, 2.2250738585072014E-308",
    "9007199254740993, 9007199254740993",
    "9.007199254740993e15, 9007199254740993",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
  })
  void number_heldByALongOrADouble_isKept(String written, String canonical) {
    assertThat(JsonReader.canonical(written)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1000000000000000055511151231257827",
        "3.14159265358979323846",
        "9007199254740993.5",
        "9223372036854775808",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "0e1000",
        "0.0E-398",
        "0.0E-999999999",
        "1.00000000000000000000000000000000000000000000000000000000000000000000000000000000000e-320",
        "1e309",
        "1e400",
        "-1e400",
        "1e-400",
        "1e999999999",
        "1e99999999999999999999",
        "1e-99999999999999999999",
      })
  void number_thatNothingHolds_isRefused(String written) {
    assertRefused("[1, " + written + "]", 4, "has a number that not every backend holds exactly");
  }

  @Test
  void number_ofManyDigits_isRefusedWithoutBeingComputed() {
    assertRefused("9".repeat(1_000_000), 0, "has a number");
    assertRefused("1e" + "9".repeat(1_000_000), 0, "has a number");
    assertRefused("0." + "0".repeat(1_000_000) + "1", 0, "has a number");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``             | 0 | ends too early",
        "`  `           | 2 | ends too early",
        "`{`            | 1 | ends too early",
        "`[`            | 1 | ends too early",
        "`[1`           | 2 | ends too early",
        "`{\"a\"`       | 4 | ends too early",
        "`-`            | 1 | ends too early",
        "`1.`           | 2 | ends too early",
        "`1e`           | 2 | ends too early",
        "`1e+`          | 3 | ends too early",
        "`\"abc`        | 4 | ends within a text",
        "`\"\\`         | 1 | has an unknown escape",
        "`[1 2]`        | 3 | has an unexpected character",
        "`[1,]`         | 3 | has an unexpected character",
        "`[,1]`         | 1 | has an unexpected character",
        "`{\"a\"}`      | 4 | has an unexpected character",
        "`{\"a\":}`     | 5 | has an unexpected character",
        "`{\"a\":1,}`   | 7 | has an unexpected character",
        "`{a:1}`        | 1 | has an unexpected character",
        "`{1:1}`        | 1 | has an unexpected character",
        "`'a'`          | 0 | has an unexpected character",
        "`.5`           | 0 | has an unexpected character",
        "`+1`           | 0 | has an unexpected character",
        "`-a`           | 1 | has an unexpected character",
        "`NaN`          | 0 | has an unexpected character",
        "`Infinity`     | 0 | has an unexpected character",
        "`True`         | 0 | has an unexpected character",
        "`/**/1`        | 0 | has an unexpected character",
        "`\u00a01`      | 0 | has an unexpected character",
        "`\ufeff{}`     | 0 | has an unexpected character",
        "`tru`          | 0 | has an unknown word",
        "`nil`          | 0 | has an unknown word",
        "`truex`        | 4 | goes on after the document",
        "`01`           | 1 | goes on after the document",
        "`1 2`          | 2 | goes on after the document",
        "`[1]]`         | 3 | goes on after the document",
        "`\"\\x\"`      | 1 | has an unknown escape",
        "`\"\\u12\"`    | 5 | has an escape without four hexadecimal digits",
        "`\"\\u00g0\"`  | 5 | has an escape without four hexadecimal digits",
        "`\"\\u00\uff11\uff11\"` | 5 | has an escape without four hexadecimal digits",
        "`\"a\tb\"`     | 2 | has a control character within a text",
        "`\"\\u0000\"`  | 1 | holds a NUL escape",
        "`\"\\ud800\"`  | 7 | holds a lone surrogate",
        "`\"\\ud800x\"` | 7 | holds a lone surrogate",
        "`\"\\ud800\\ud800\"`    | 7 | holds a lone surrogate",
        "`\"\\udc00\"`  | 1 | holds a lone surrogate",
        "`\"\\ud83d\\ude00\\ude00\"` | 13 | holds a lone surrogate",
        "`{\"\\ud800\":1}` | 8 | holds a lone surrogate",
      })
  void malformed_isRefusedWithItsPosition(String text, int position, String reason) {
    assertRefused(text, position, reason);
  }

  @Test
  void nul_isRefusedAtAnyPosition() {
    assertRefused("\"a\0\"", 2, "has a control character within a text");
    assertRefused("\0", 0, "has an unexpected character");
    assertRefused("[1\0]", 2, "has an unexpected character");
    assertRefused("1\0", 1, "goes on after the document");
    assertRefused("\"\\\0\"", 1, "has an unknown escape");
  }

  @Test
  void lineBreaksWithinAText_areRefused() {
    assertRefused("\"a\nb\"", 2, "has a control character within a text");
  }

  @Test
  void memberNamedTwice_isRefused_alsoBehindAnEscape() {
    assertRefused("{\"a\":1,\"b\":2,\"a\":1}", 13, "names a member twice");
    assertRefused("{\"a\":1,\"\\u0061\":2}", 7, "names a member twice");
    assertRefused("{\"\\ud83d\\ude00\":1, \"\uD83D\uDE00\":2}", 19, "names a member twice");
    assertThat(JsonReader.canonical("{\"a\":{\"a\":1},\"A\":2}"))
        .isEqualTo("{\"A\":2,\"a\":{\"a\":1}}");
  }

  @Test
  void depth_100isTaken_101isRefusedAtItsBracket() {
    assertThat(JsonReader.canonical("[".repeat(100) + "]".repeat(100))).hasSize(200);
    assertRefused("[".repeat(101) + "]".repeat(101), 100, "is nested deeper than 100 levels");

    String objects = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
    assertThat(JsonReader.canonical(objects)).isEqualTo(objects);
    assertRefused("{\"a\":".repeat(101), 500, "is nested deeper than 100 levels");
    assertRefused("[".repeat(1_000_000), 100, "is nested deeper than 100 levels");
  }

  @Test
  void depth_countsNesting_notBrackets() {
    String flat = "[[],[],{\"a\":[]}" + ",[]".repeat(500) + "]";
    assertThat(JsonReader.canonical(flat)).isEqualTo(flat);
  }

  @Test
  @DisplayName("canonical: no white space, members by name, the fewest escapes, plain numbers")
  void canonicalForm() {
    assertThat(
            JsonReader.canonical(
                " {\n\t\"b\" : [ true , false,null ] ,\r\n\"a\":{\"\":1.0},\"A\":\"\\u0041\" } "))
        .isEqualTo("{\"A\":\"A\",\"a\":{\"\":1},\"b\":[true,false,null]}");
    assertThat(JsonReader.canonical("{ }")).isEqualTo("{}");
    assertThat(JsonReader.canonical("[ ]")).isEqualTo("[]");
  }

  @Test
  void canonicalForm_escapesOnlyWhatMustBe() {
    assertThat(JsonReader.canonical("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\\u007f\\u00e9\""))
        .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\u007f\u00e9\"");
  }

  @Test
  void surrogatePair_byEscapes_isTheCharacter() {
    assertThat(JsonReader.canonical("\"\\uD83D\\uDE00\"")).isEqualTo("\"\uD83D\uDE00\"");
    assertThat(JsonReader.canonical("\"\\ud83d\uDE00\\ud83d\\ude00\""))
        .isEqualTo("\"\uD83D\uDE00\uD83D\uDE00\"");
  }

  /** Jackson takes each of these digits for another one, by its lower byte. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`\"\\u\u0130041\"`     | 3",
        "`[\"a\", \"\\u00\u0431\"]` | 11",
        "`{\"\\u004\u0131\":1}`   | 7",
      })
  void wideHexadecimalDigit_isRefused(String text, int position) {
    assertRefused(text, position, "has an escape without four hexadecimal digits");
  }

  @Test
  void escapedBackslashBeforeU_isNoHexadecimalEscape() {
    String text = "\"\\\\u\u0130041\"";
    assertThat(JsonReader.canonical(text)).isEqualTo(text);
  }

  @Test
  void documentsOfAnySize_areRead_sinceTheStoresLimitThem() {
    String text = "{\"" + "n".repeat(60_000) + "\":\"" + "t".repeat(21_000_000) + "\"}";
    assertThat(JsonReader.canonical(text)).isEqualTo(text);
  }

  @Test
  void namesOfEqualHashes_areRead() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 4096; i++) {
      String bits = String.format("%12s", Integer.toBinaryString(i)).replace(' ', '0');
      text.append(i == 0 ? "\"" : ",\"");
      text.append(bits.replace("0", "Aa").replace("1", "BB")).append("\":1");
    }
    assertThat(JsonReader.members(text.append('}').toString())).hasSize(4096);
  }

  @Test
  void refusal_quotesNothingOfTheDocument() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> JsonReader.canonical("{\"password\": secret}"))
        .withMessage("json has an unexpected character (at position 13)")
        .withNoCause();
  }

  private static void assertRefused(String text, int position, String reason) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> JsonReader.canonical(text))
        .satisfies(
            refusal -> {
              assertThat(refusal.field()).isEqualTo("json");
              assertThat(refusal.reason()).startsWith(reason);
              assertThat(refusal.position()).hasValue(position);
            });
  }

  @Test
  void members_areCanonicalAndInTheirOrder() {
    assertThat(JsonReader.members(" {\"b\": [1.0, 2], \"a\" : \"x\\n\", \"c\":{\"z\":1,\"y\":2}} "))
        .containsExactly(
            Map.entry("b", "[1,2]"),
            Map.entry("a", "\"x\\n\""),
            Map.entry("c", "{\"y\":2,\"z\":1}"));
    assertThat(JsonReader.members("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"a\":1", "{\"a\":1,\"a\":2}", "{\"a\":1} x", "{1:2}"})
  void members_ofWhatIsNoObject_areRefused(String text) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> JsonReader.members(text));
  }

  @Test
  void quoting_isUndone() {
    String content = "a \"quote\", a \\ and a \n";
    assertThat(JsonReader.text(JsonWriter.quoted(content))).isEqualTo(content);
  }
}
