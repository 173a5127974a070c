package io.odin.persistence.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Instants as texts of one width, in UTC and to the microsecond, so that the order of the texts is
 * the order of the instants: how search attributes hold them.
 */
public final class DatetimeText {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private DatetimeText() {}

  /** The text of an instant that a backend can hold. */
  public static String of(Instant instant) {
    return FORMAT.format(instant);
  }

  /** The instant of such a text; empty for any other text, such as the 30th of February. */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(FORMAT.parse(text, Instant::from))
          .filter(instant -> of(instant).equals(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
