package io.odin.persistence.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The text of instants in search attributes: of fixed width, in UTC and to the microsecond, so that
 * texts have the order of the instants.
 */
public final class DatetimeText {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private DatetimeText() {}

  /** The text of an instant. */
  public static String of(Instant instant) {
    return FORMAT.format(instant);
  }

  /** The instant of a text; empty for a text of another form, or such as the 30th of February. */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(FORMAT.parse(text, Instant::from))
          .filter(instant -> of(instant).equals(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
