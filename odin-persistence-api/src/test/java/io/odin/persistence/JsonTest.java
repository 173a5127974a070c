package io.odin.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
