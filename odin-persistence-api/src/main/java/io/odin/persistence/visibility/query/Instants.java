package io.odin.persistence.visibility.query;

import io.odin.persistence.internal.Require;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the instants of queries: texts as in RFC 3339, and numbers that have one meaning only. */
final class Instants {

  private static final int LENGTH_OF_DATE = 10;

  /**
   * As a number of microseconds this would be after the year 9999, and even more so in milliseconds
   * and seconds: such a number, or a larger one, is one of nanoseconds.
   */
  private static final long FIRST_OF_NANOSECONDS =
      ChronoUnit.MICROS.between(Instant.EPOCH, Require.LATEST) + 1;

  private static final Pattern WHOLE = Pattern.compile("[0-9]+");

  private Instants() {}

  /** A date, a time and an offset; empty for another text and outside of 1970 to 9999. */
  static Optional<Instant> ofText(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(withT(text)).toInstant())
          .filter(
              instant -> !instant.isBefore(Require.EARLIEST) && !instant.isAfter(Require.LATEST));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Nanoseconds since 1970, if the number can mean nothing else; zero is zero in every unit. */
  static Optional<Instant> ofNumber(String number) {
    if (!WHOLE.matcher(number).matches()) {
      return Optional.empty();
    }
    try {
      long nanoseconds = Long.parseLong(number);
      return nanoseconds == 0 || nanoseconds >= FIRST_OF_NANOSECONDS
          ? Optional.of(Instant.EPOCH.plusNanos(nanoseconds))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether the text is an instant but for its offset. */
  static boolean isLocal(String text) {
    try {
      if (text.length() == LENGTH_OF_DATE) {
        return LocalDate.parse(text).isSupported(ChronoUnit.DAYS);
      }
      return LocalDateTime.parse(withT(text)).isSupported(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** RFC 3339 allows a space between the date and the time. */
  private static String withT(String text) {
    return text.length() > LENGTH_OF_DATE && text.charAt(LENGTH_OF_DATE) == ' '
        ? text.substring(0, LENGTH_OF_DATE) + "T" + text.substring(LENGTH_OF_DATE + 1)
        : text;
  }
}
