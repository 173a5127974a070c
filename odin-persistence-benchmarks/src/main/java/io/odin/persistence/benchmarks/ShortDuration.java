package io.odin.persistence.benchmarks;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time of microseconds or milliseconds from the command line. */
final class ShortDuration implements ITypeConverter<Duration> {

  private static final Pattern FORM = Pattern.compile("0|(?<number>\\d{1,6})(?<unit>us|ms)");

  /** Called by picocli. */
  ShortDuration() {}

  @Override
  public Duration convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + text + "' is no time like 500us, 2ms or 0");
    }
    String number = matcher.group("number");
    if (number == null) {
      return Duration.ZERO;
    }
    long microseconds = Long.parseLong(number) * (matcher.group("unit").equals("ms") ? 1_000 : 1);
    return Duration.ofNanos(microseconds * 1_000);
  }
}
