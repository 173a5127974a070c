package io.odin.persistence.visibility.query;

import io.odin.persistence.internal.Require;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the durations of queries: as ISO 8601 writes them in days, hours, minutes and seconds, as
 * Go does, or by the clock. Each text has one meaning, since the three forms share none.
 */
final class Durations {

  /** What is to be written, to be followed by "is expected". */
  static final String EXPECTED =
      "a duration such as '36h', '1m30s' or 'P1DT2H', of at most 36500 days,";

  /** Of the forms of Go; those of days and weeks are Temporal's. */
  static final String UNITS = "(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h|d|w)";

  private static final Map<String, BigDecimal> NANOSECONDS =
      Map.ofEntries(
          Map.entry("ns", nanoseconds(Duration.ofNanos(1))),
          Map.entry("us", nanoseconds(Duration.ofNanos(1_000))),
          Map.entry("\u00b5s", nanoseconds(Duration.ofNanos(1_000))),
          Map.entry("\u03bcs", nanoseconds(Duration.ofNanos(1_000))),
          Map.entry("ms", nanoseconds(Duration.ofMillis(1))),
          Map.entry("s", nanoseconds(Duration.ofSeconds(1))),
          Map.entry("m", nanoseconds(Duration.ofMinutes(1))),
          Map.entry("h", nanoseconds(Duration.ofHours(1))),
          Map.entry("d", nanoseconds(Duration.ofDays(1))),
          Map.entry("w", nanoseconds(Duration.ofDays(7))));

  private static final BigInteger LONGEST = BigInteger.valueOf(Require.LONGEST.toNanos());

  private static final Pattern ISO = Pattern.compile("P[0-9DTHMS.]+");
  private static final Pattern CLOCK = Pattern.compile("([0-9]+):([0-5]?[0-9]):([0-5]?[0-9])");
  private static final Pattern ZERO = Pattern.compile("[-+]?0");
  private static final Pattern PART =
      Pattern.compile("([0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(" + UNITS + ")");

  private Durations() {}

  private static BigDecimal nanoseconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos());
  }

  /** The duration; empty if the text is none, or is one of more than 36500 days. */
  static Optional<Duration> of(String text) {
    if (ISO.matcher(text).matches()) {
      return ofIso(text);
    }
    return ofClock(text)
        .or(() -> ofParts(text))
        .filter(nanoseconds -> nanoseconds.abs().compareTo(LONGEST) <= 0)
        .map(nanoseconds -> Duration.ofNanos(nanoseconds.longValueExact()));
  }

  private static Optional<Duration> ofIso(String text) {
    try {
      return Optional.of(Duration.parse(text))
          .filter(duration -> duration.compareTo(Require.LONGEST) <= 0);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Hours, minutes and seconds, as in 36:00:00. */
  private static Optional<BigInteger> ofClock(String text) {
    Matcher clock = CLOCK.matcher(text);
    return clock.matches()
        ? ofParts(clock.group(1) + "h" + clock.group(2) + "m" + clock.group(3) + "s")
        : Optional.empty();
  }

  /** Numbers with units, in any order, as Go reads them: less than a nanosecond is cut off. */
  private static Optional<BigInteger> ofParts(String text) {
    if (ZERO.matcher(text).matches()) {
      return Optional.of(BigInteger.ZERO);
    }
    boolean isSigned = text.startsWith("-") || text.startsWith("+");
    Matcher part = PART.matcher(text).region(isSigned ? 1 : 0, text.length());
    BigInteger sum = BigInteger.ZERO;
    while (part.lookingAt()) {
      sum = sum.add(nanoseconds(part.group(1), part.group(2)));
      part.region(part.end(), text.length());
    }
    boolean isRead = part.regionStart() == text.length() && !text.isEmpty();
    return isRead && part.regionStart() > (isSigned ? 1 : 0)
        ? Optional.of(text.startsWith("-") ? sum.negate() : sum)
        : Optional.empty();
  }

  private static BigInteger nanoseconds(String number, String unit) {
    return new BigDecimal(number)
        .multiply(NANOSECONDS.getOrDefault(unit, BigDecimal.ZERO))
        .setScale(0, RoundingMode.DOWN)
        .toBigInteger();
  }
}
