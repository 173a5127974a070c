package io.odin.persistence.tck.visibility;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/** The forms in which queries write values, one of them at random. */
final class Writing {

  // Those that are before this could be meant in another unit.
  private static final Instant FIRST_IN_NANOSECONDS = Instant.parse("1978-01-12T00:00:00Z");
  private static final Instant LAST_IN_NANOSECONDS = Instant.parse("2262-01-01T00:00:00Z");

  private Writing() {}

  /** In single or in double quotes. */
  static String text(Random random, String text) {
    return random.nextBoolean() ? RandomRuns.quoted(text) : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Plain, with a fraction of zero, or with an exponent. */
  static String number(Random random, BigDecimal number) {
    String plain = number.toPlainString();
    return switch (random.nextInt(3)) {
      case 0 -> plain + (number.scale() > 0 ? "0" : ".0");
      case 1 -> plain + "e0";
      default -> plain;
    };
  }

  /** In several units, also without quotes. */
  static String duration(Random random, long milliseconds) {
    BigDecimal exact = BigDecimal.valueOf(milliseconds);
    List<String> forms =
        List.of(
            milliseconds + "ms",
            milliseconds + "000us",
            milliseconds + "000000ns",
            exact.movePointLeft(3).toPlainString() + "s",
            "%dm%dms".formatted(milliseconds / 60_000, milliseconds % 60_000),
            "0h%ss".formatted(exact.movePointLeft(3).toPlainString()));
    String form = forms.get(random.nextInt(forms.size()));
    return random.nextInt(3) == 0 ? form : text(random, form);
  }

  /** In UTC, with another offset, or in nanoseconds where those cannot be anything else. */
  static String instant(Random random, Instant instant) {
    boolean isClear =
        instant.isAfter(FIRST_IN_NANOSECONDS) && instant.isBefore(LAST_IN_NANOSECONDS);
    return switch (random.nextInt(isClear ? 3 : 1)) {
      case 1 -> text(random, instant.atOffset(ZoneOffset.ofHoursMinutes(-5, -30)).toString());
      case 2 -> ChronoUnit.MICROS.between(Instant.EPOCH, instant) + "000";
      default -> text(random, instant.toString());
    };
  }
}
