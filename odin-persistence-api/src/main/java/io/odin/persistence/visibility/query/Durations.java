package io.odin.persistence.visibility.query;

import io.odin.persistence.internal.Require;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the durations of queries. */
final class Durations {

  static final String EXPECTED = "a duration such as 'P1DT2H' or '36h', of at most 36500 days,";

  private static final Pattern ISO = Pattern.compile("P[0-9DTHMS.]+");
  private static final Pattern DAYS = Pattern.compile("[0-9]+d");
  private static final Pattern PART_OF_A_DAY = Pattern.compile("[0-9]+[hms]");

  private Durations() {}

  /** Days, hours, minutes, seconds: as ISO 8601 writes them, or a number of one of them. */
  static Duration parse(Token token) {
    String text = token.content();
    try {
      Duration duration = Duration.parse(iso(text));
      if (duration.compareTo(Require.LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Reported below, as for a duration that is too long.
    }
    throw token.unexpected(EXPECTED + " is expected");
  }

  private static String iso(String text) {
    if (DAYS.matcher(text).matches()) {
      return "P" + text.toUpperCase(Locale.ROOT);
    }
    if (PART_OF_A_DAY.matcher(text).matches()) {
      return "PT" + text.toUpperCase(Locale.ROOT);
    }
    // No sign, since the query states the direction already.
    return ISO.matcher(text).matches() ? text : "";
  }
}
