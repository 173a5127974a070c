package io.odin.persistence.visibility.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The durations of queries, as Go's time.ParseDuration reads them, and in two other forms. */
class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "5s, PT5S",
    "1478s, PT1478S",
    "-5s, PT-5S",
    "+5s, PT5S",
    "-0, PT0S",
    "+0, PT0S",
    "5.0s, PT5S",
    "5.6s, PT5.6S",
    "5.s, PT5S",
    ".5s, PT0.5S",
    "1.004s, PT1.004S",
    "100.00100s, PT100.001S",
    "10ns, PT0.00000001S",
    "11us, PT0.000011S",
    "12\u00b5s, PT0.000012S",
    "12\u03bcs, PT0.000012S",
    "13ms, PT0.013S",
    "14s, PT14S",
    "15m, PT15M",
    "16h, PT16H",
    "3h30m, PT3H30M",
    "10.5s4m, PT4M10.5S",
    "-2m3.4s, PT-2M-3.4S",
    "1h2m3s4ms5us6ns, PT1H2M3.004005006S",
    "39h9m14.425s, PT39H9M14.425S",
    "52763797000ns, PT52.763797S",
    "0.3333333333333333333h, PT20M",
    "9007199254740993ns, PT9007199.254740993S",
    "0.9999999999ns, PT0S",
    "1.5d, PT36H",
    "1w2d, PT216H",
    "36:00:00, PT36H",
    "00:01:30, PT1M30S",
    "1:2:3, PT1H2M3S",
    "P1DT2H, PT26H",
    "PT0.5S, PT0.5S",
    "36500d, PT876000H"
  })
  void text_isADuration(String text, Duration expected) {
    // Go's 0.333...h is 1199999999999 ns: less than a nanosecond is cut off.
    Duration read = Durations.of(text).orElseThrow();
    assertThat(expected.minus(read)).as(text).isBetween(Duration.ZERO, Duration.ofNanos(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3",
        "-",
        "+",
        "s",
        ".",
        "-.",
        ".s",
        "+.s",
        "--5s",
        "1d ",
        " 1d",
        "1 d",
        "3000000h",
        "36500d1ns",
        "-36501d",
        "1e3s",
        "1S",
        "5M",
        "1y",
        "24:60:00",
        "1:30",
        "-1:00:00",
        "PT",
        "P1M",
        "P1Y",
        "-PT1H",
        "PT-1H",
        "pt1h",
        "P36501D",
        "\u00b5s"
      })
  void text_isNoDuration(String text) {
    assertThat(Durations.of(text)).isEmpty();
  }

  @Test
  void longText_isReadInBounds() {
    assertThat(Durations.of("1ms".repeat(2_700))).hasValue(Duration.ofMillis(2_700));
    assertThat(Durations.of("9".repeat(8_000) + "s")).isEmpty();
    assertThat(Durations.of("0." + "9".repeat(8_000) + "s"))
        .hasValue(Duration.ofNanos(999_999_999));
  }
}
