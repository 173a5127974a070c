package io.odin.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainMembersTest {

  @Test
  void plainMembers_haveTheirTypes_andOthersAreSkipped() {
    String document =
        """
        {"text": "a\\n\\u00e9", "whole": 1e2, "number": -0.5, "yes": true, "no": false,
         "texts": ["x", "y"], "none": [], "null": null, "object": {"text": [1, {"a": 2}]},
         "mixed": ["x", ["y"], {"z": 1}], "last": 7}
        """;
    assertThat(PlainMembers.of(document))
        .containsOnly(
            Map.entry("text", "a\n\u00e9"),
            Map.entry("whole", 100L),
            Map.entry("number", -0.5),
            Map.entry("yes", true),
            Map.entry("no", false),
            Map.entry("texts", List.of("x", "y")),
            Map.entry("none", List.of()),
            Map.entry("last", 7L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{\"a\":1}]", "\"text\"", "1", "null"})
  void documentThatIsNoObject_hasNone(String document) {
    assertThat(PlainMembers.of(document)).isEmpty();
  }

  /** A database may have stored what a caller could not send: written with SQL, or expanded. */
  @Test
  void storedDocumentBeyondTheRulesOfCallers_isRead() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    String document = "{\"deep\": " + deep + ", \"long\": 1" + "0".repeat(1000) + ", \"a\": 1}";
    assertThat(PlainMembers.of(document))
        .containsOnly(Map.entry("long", Double.POSITIVE_INFINITY), Map.entry("a", 1L));
  }

  @Test
  void textThatIsNoJson_isRefused() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> PlainMembers.of("{\"a\":"));
  }
}
