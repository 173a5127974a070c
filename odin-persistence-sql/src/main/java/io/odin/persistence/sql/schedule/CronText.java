package io.odin.persistence.sql.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cron expressions in the form that the library reads: it takes no names of expressions, and no
 * range of days that passes the end of the week.
 */
final class CronText {

  private static final Map<String, String> NAMED =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final int FIELDS = 5;
  private static final Pattern RANGE =
      Pattern.compile("(?<first>[0-7]|[A-Z]{3})-(?<last>[0-7]|[A-Z]{3})(?:/(?<step>[1-7]))?");

  private CronText() {}

  /**
   * The same expression in five fields.
   *
   * @throws IllegalArgumentException if it is a name that has no expression
   */
  static String plain(String expression) {
    String text = expression.strip();
    if (text.startsWith("@")) {
      String named = NAMED.get(text.toLowerCase(Locale.ROOT));
      if (named == null) {
        throw new IllegalArgumentException(
            "the names are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and"
                + " @every with an interval");
      }
      return named;
    }
    String[] fields = text.split("\\s+");
    if (fields.length != FIELDS) {
      return expression;
    }
    fields[FIELDS - 1] =
        Arrays.stream(fields[FIELDS - 1].split(",", -1))
            .map(CronText::days)
            .collect(Collectors.joining(","));
    return String.join(" ", fields);
  }

  /** A range that begins on a Sunday or passes one, as a list; everything else as it is. */
  private static String days(String item) {
    Matcher range = RANGE.matcher(item.toUpperCase(Locale.ROOT));
    if (!range.matches()) {
      return item;
    }
    int first = day(range.group("first"));
    int last = day(range.group("last"));
    boolean isPlain = (first > 0 && first <= last) || range.group("first").equals("0");
    if (first < 0 || last < 0 || isPlain) {
      return item;
    }
    int length = Math.floorMod(last - first, DAYS.size());
    int step = range.group("step") == null ? 1 : Integer.parseInt(range.group("step"));
    TreeSet<Integer> days = new TreeSet<>();
    for (int passed = 0; passed <= length; passed += step) {
      days.add((first + passed) % DAYS.size());
    }
    return days.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** From 0, Sunday, to 6; -1 if there is no such day. */
  private static int day(String text) {
    return Character.isDigit(text.charAt(0))
        ? Integer.parseInt(text) % DAYS.size()
        : DAYS.indexOf(text);
  }
}
