package io.odin.persistence.schedule;

import io.odin.persistence.error.InvalidRequestException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Intervals as texts: {@code @every 1h30m/10m}, the interval and perhaps its offset. */
final class EveryText {

  private static final String NAME = "@every";
  // At most twelve digits each, so that no sum overflows.
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,12})d)?(?:(\\d{1,12})h)?(?:(\\d{1,12})m)?(?:(\\d{1,12})s)?");
  private static final long[] SECONDS = {86_400, 3600, 60, 1};

  private EveryText() {}

  /** Whether a text is an interval, if perhaps a wrong one. */
  static boolean is(String text) {
    String first = text.strip().toLowerCase(Locale.ROOT);
    return first.startsWith(NAME)
        && (first.length() == NAME.length() || Character.isWhitespace(first.charAt(NAME.length())));
  }

  static ScheduleSpec.EpochInterval read(String text) {
    String[] parts = text.strip().substring(NAME.length()).strip().split("/", -1);
    if (parts.length > 2) {
      throw unreadable(text);
    }
    return new ScheduleSpec.EpochInterval(
        duration(text, parts[0]), parts.length == 2 ? duration(text, parts[1]) : Duration.ZERO);
  }

  private static Duration duration(String text, String part) {
    Matcher matcher = DURATION.matcher(part.strip());
    if (part.isBlank() || !matcher.matches()) {
      throw unreadable(text);
    }
    return Duration.ofSeconds(seconds(matcher.toMatchResult()));
  }

  private static long seconds(MatchResult parts) {
    long seconds = 0;
    for (int unit = 0; unit < SECONDS.length; unit++) {
      String count = parts.group(unit + 1);
      seconds += count == null ? 0 : Long.parseLong(count) * SECONDS[unit];
    }
    return seconds;
  }

  private static InvalidRequestException unreadable(String text) {
    return new InvalidRequestException(
        "cronExpression",
        "is '"
            + text
            + "', which is no interval: give whole days, hours, minutes and seconds in this order,"
            + " as in '@every 1h30m', and perhaps an offset, as in '@every 1h30m/10m'");
  }

  static String of(ScheduleSpec.EpochInterval spec) {
    String interval = NAME + " " + spec.interval().toSeconds() + "s";
    return spec.offset().isZero() ? interval : interval + "/" + spec.offset().toSeconds() + "s";
  }
}
