package io.odin.persistence.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`{\"a\":1,\"b\":2}` | `{ \"b\" : 2, \"a\" : 1 }`",
        "`100`               | `1E2`",
        "`1`                 | `1.0`",
        "`0`                 | `-0`",
        "`\"A\"`             | `\"\\u0041\"`",
        "`\"\uD83D\uDE00\"`  | `\"\\ud83d\\ude00\"`",
        "`[\"/\"]`           | `[ \"\\/\" ]`",
      })
  void documentsOfOneValue_areEqual(String one, String other) {
    assertThat(Json.of(one)).isEqualTo(Json.of(other)).hasSameHashCodeAs(Json.of(other));
    assertThat(Json.of(one)).isEqualTo(Json.stored(other)).hasSameHashCodeAs(Json.stored(other));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`[1,2]`             | `[2,1]`",
        "`1`                 | `\"1\"`",
        "`9007199254740993`  | `9007199254740992`",
        "`{}`                | `[]`",
        "`null`              | `false`",
        "`{\"a\":null}`      | `{}`",
        "`\"\u00e9\"`        | `\"e\u0301\"`",
        "`\"a\"`             | `\"A\"`",
      })
  void documentsOfDifferentValues_differ(String one, String other) {
    assertThat(Json.of(one)).isNotEqualTo(Json.of(other));
  }

  @Test
  void text_isAsItWasGiven() {
    assertThat(Json.of(" { \"a\" : 1E2 } ").text()).isEqualTo(" { \"a\" : 1E2 } ");
    assertThat(Json.of(" { \"a\" : 1E2 } ").canonicalText()).isEqualTo("{\"a\":100}");
  }

  @Test
  void size_isThatOfTheTextWithNumbersWrittenOut() {
    assertThat(Json.of("{\"a\": \"\u00e9\u20ac\uD83D\uDE00\"}").size()).isEqualTo(9 + 2 + 3 + 4);
    assertThat(Json.of("1e308").size()).isEqualTo(309);
    assertThat(Json.of("-1.50e3").size()).isEqualTo("-1.50e3".length());
    assertThat(Json.of("4.9E-324").size()).isEqualTo(2 + 325);
    assertThat(Json.of("[0e-300,0e999]").size()).isEqualTo("[,0e999]".length() + 302);
  }

  @ParameterizedTest
  @ValueSource(strings = {" [ 1E2 , \"\\u00e9\" ] ", "[1e308,1.000e-300]", "[0.0000001,1e7]"})
  void size_ofAStoredDocument_isNotLargerThanWhatWasAccepted(String text) {
    Json accepted = Json.of(text);

    for (String stored : new String[] {text, accepted.canonicalText()}) {
      assertThat(Json.stored(stored).size()).isLessThanOrEqualTo(accepted.size());
    }
    assertThat(Json.stored("[1, 2]").size()).isEqualTo(5);
  }

  @Test
  void numbersThatTakeMuchMoreWrittenOut_areRefused() {
    String few = "[" + "1e308,".repeat(52) + "1e308]";
    String exponents = "[" + "1.234567890123456e-10,".repeat(10_000) + "0]";

    assertThat(Json.of(few).size()).isEqualTo(53 * 310 + 1);
    assertThat(Json.of(exponents).size()).isGreaterThan(exponents.length());
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Json.of("[" + "1e308,".repeat(53) + "1e308]"))
        .withMessageContaining("send them as texts");
  }

  @Test
  void nameOfAMember_hasUpTo65535Bytes() {
    String longest = "\u00e9".repeat(32_767) + "x";

    assertThat(Json.of("{\"" + longest + "\":1}").size()).isEqualTo(65_535 + 6);
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Json.of("[{\"" + longest + "x\":1}]"))
        .satisfies(fault -> assertThat(fault.position()).hasValue(2));
  }

  @Test
  void emptyObject_equalsWhatIsWritten() {
    assertThat(Json.emptyObject()).isEqualTo(Json.of(" {} "));
    assertThat(Json.emptyObject()).isNotEqualTo("{}");
  }

  @Test
  @SuppressWarnings("NullAway") // What a caller without null checks does.
  void null_isRefused() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Json.of(null))
        .withMessage("json is null: it must be given");
  }

  @Test
  void toString_showsNoPayload() {
    assertThat(Json.of("{\"password\":\"secret\"}")).hasToString("Json[21]");
  }
}
