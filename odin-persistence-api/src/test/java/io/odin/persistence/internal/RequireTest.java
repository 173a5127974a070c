package io.odin.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequireTest {

  private static final String EMOJI = "\uD83D\uDE00";

  @Test
  void id_ofOneTo255CodePoints_isTaken() {
    assertThat(Require.id("id", "x")).isEqualTo("x");
    assertThat(Require.id("id", "x".repeat(255))).hasSize(255);
    assertThat(Require.id("id", EMOJI.repeat(255))).hasSize(510);
  }

  @Test
  void id_isTakenAsItIs() {
    for (String id : new String[] {" ", "a ", "A", "\u00e9", "e\u0301", "a\tb", "\uffff"}) {
      assertThat(Require.id("id", id)).isEqualTo(id);
    }
  }

  @Test
  void id_emptyOrTooLong_isRefused() {
    assertRefused(() -> Require.id("workflowId", ""), "workflowId is empty");
    assertRefused(() -> Require.id("workflowId", "x".repeat(256)), "workflowId has 256 characters");
    assertRefused(
        () -> Require.id("workflowId", EMOJI.repeat(256)), "workflowId has 256 characters");
  }

  @Test
  void id_withNul_isRefusedWithItsPosition() {
    assertThat(refusal(() -> Require.id("id", "ab\0")).position()).hasValue(2);
    assertRefused(() -> Require.id("id", "ab\0"), "id holds a NUL character");
  }

  @ParameterizedTest
  @CsvSource({"0, '\ud800'", "1, 'a\udc00'", "0, '\udc00\ud800'", "2, '\ud83d\ude00\ud83d'"})
  void id_withALoneSurrogate_isRefusedWithItsPosition(int position, String id) {
    assertThat(refusal(() -> Require.id("id", id)).position()).hasValue(position);
    assertRefused(() -> Require.id("id", id), "id holds a lone surrogate");
  }

  @Test
  void text_mayBeEmpty_andHasItsOwnMaximum() {
    assertThat(Require.text("text", "", 3)).isEmpty();
    assertThat(Require.text("text", EMOJI.repeat(3), 3)).isEqualTo(EMOJI.repeat(3));
    assertRefused(
        () -> Require.text("text", EMOJI.repeat(4), 3), "text has 4 characters: at most 3");
  }

  @Test
  void optionalId_isCheckedWhereThereIsOne() {
    Require.optionalId("id", Optional.empty());
    Require.optionalId("id", Optional.of("x"));
    assertRefused(() -> Require.optionalId("id", Optional.of("")), "id is empty");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01T12:00:00.1234567Z, 2026-11-01T12:00:00.123456Z",
    "2026-11-01T12:00:00.999999999Z, 2026-11-01T12:00:00.999999Z",
    "2026-11-01T12:00:00.000000999Z, 2026-11-01T12:00:00Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999Z",
  })
  void instant_isTruncatedToMicroseconds_neverRounded(Instant given, Instant stored) {
    assertThat(Require.instant("at", given)).isEqualTo(stored);
    assertThat(Require.optionalInstant("at", Optional.of(given))).hasValue(stored);
  }

  @Test
  void instant_outside1970To9999_isRefused() {
    assertRefused(
        () -> Require.instant("at", Instant.EPOCH.minusNanos(1)), "at is 1969-12-31T23:59:59.99");
    assertRefused(
        () -> Require.instant("at", Instant.parse("9999-12-31T23:59:59.999999999Z").plusNanos(1)),
        "at is +10000-01-01T00:00:00Z");
    assertRefused(() -> Require.instant("at", Instant.MIN), "at is -1000000000");
    assertRefused(() -> Require.instant("at", Instant.MAX), "at is +1000000000");
    assertThat(Require.optionalInstant("at", Optional.empty())).isEmpty();
  }

  @Test
  void between_includesBothEnds() {
    assertThat(Require.between("n", 1, 1, 5)).isEqualTo(1);
    assertThat(Require.between("n", 5, 1, 5)).isEqualTo(5);
    assertRefused(() -> Require.between("n", 0, 1, 5), "n is 0: it must be within 1..5");
    assertRefused(() -> Require.between("n", 6, 1, 5), "n is 6: it must be within 1..5");
  }

  @ParameterizedTest
  @CsvSource({"PT0.000001999S, PT0.000001S", "PT1S, PT1S", "P36500D, P36500D"})
  void positive_isTruncatedToMicroseconds(Duration given, Duration kept) {
    assertThat(Require.positive("lease", given)).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PT0S", "PT-1S", "PT0.000000999S", "PT876000H0.000000001S", "PT2562047788015215H"})
  void positive_zeroNegativeOrBeyondAHundredYears_isRefused(Duration given) {
    assertRefused(() -> Require.positive("lease", given), "lease is ");
  }

  @Test
  void nonNegative_takesZero() {
    assertThat(Require.nonNegative("delay", Duration.ZERO)).isZero();
    assertThat(Require.nonNegative("delay", Duration.ofNanos(1999)))
        .isEqualTo(Duration.ofNanos(1000));
    assertRefused(() -> Require.nonNegative("delay", Duration.ofNanos(-1)), "delay is PT-0");
  }

  @Test
  void wholeSeconds_areWholeAndEnough() {
    assertThat(Require.wholeSeconds("window", Duration.ofSeconds(10), 10)).hasSeconds(10);
    assertThat(Require.wholeSeconds("window", Duration.ofDays(36_500), 10)).hasDays(36_500);
    for (Duration wrong :
        new Duration[] {
          Duration.ofSeconds(9),
          Duration.ofSeconds(-11),
          Duration.ofMillis(10_001),
          Duration.ofDays(36_500).plusSeconds(1)
        }) {
      assertRefused(() -> Require.wholeSeconds("window", wrong, 10), "window is " + wrong);
    }
  }

  @Test
  void optionalSeconds_areWholeAndAboveZero() {
    Require.optionalSeconds("timeout", Optional.empty());
    Require.optionalSeconds("timeout", Optional.of(Duration.ofSeconds(1)));
    Require.optionalSeconds("timeout", Optional.of(Duration.ofSeconds(Integer.MAX_VALUE)));
    for (Duration wrong :
        new Duration[] {
          Duration.ZERO,
          Duration.ofSeconds(-1),
          Duration.ofMillis(1500),
          Duration.ofSeconds(Integer.MAX_VALUE + 1L)
        }) {
      assertRefused(
          () -> Require.optionalSeconds("timeout", Optional.of(wrong)), "timeout is " + wrong);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // What a caller without null checks does.
  void null_isRefusedByEveryCheck() {
    assertRefused(() -> Require.nonNull("x", null), "x is null");
    assertRefused(() -> Require.id("x", null), "x is null");
    assertRefused(() -> Require.text("x", null, 1), "x is null");
    assertRefused(() -> Require.optionalId("x", null), "x is null");
    assertRefused(() -> Require.instant("x", null), "x is null");
    assertRefused(() -> Require.optionalInstant("x", null), "x is null");
    assertRefused(() -> Require.positive("x", null), "x is null");
    assertRefused(() -> Require.nonNegative("x", null), "x is null");
    assertRefused(() -> Require.wholeSeconds("x", null, 1), "x is null");
    assertRefused(() -> Require.optionalSeconds("x", null), "x is null");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThat(refusal(call)).hasMessageStartingWith(message);
  }

  private static InvalidRequestException refusal(ThrowingCallable call) {
    return assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(call).actual();
  }
}
