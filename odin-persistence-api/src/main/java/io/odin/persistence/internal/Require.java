package io.odin.persistence.internal;

import io.odin.persistence.error.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks of arguments, for records and stores, before any SQL. */
public final class Require {

  /** The longest id, in Unicode code points. */
  public static final int ID_LENGTH = 255;

  /** The longest text of a search attribute, in Unicode code points. */
  public static final int KEYWORD_LENGTH = 255;

  /** The longest message, in Unicode code points. */
  public static final int MESSAGE_LENGTH = 4000;

  /** The largest number of items in a batch. */
  public static final int BATCH_ITEMS = 1000;

  /** The longest query, in UTF-8 bytes. */
  public static final int QUERY_BYTES = 8 * 1024;

  /** The largest number of tests of a query. */
  public static final int QUERY_TESTS = 64;

  /** The largest number of values in an IN of a query. */
  public static final int QUERY_VALUES = 256;

  /** How deep a JSON document may be nested: MySQL's own limit; PostgreSQL allows more. */
  public static final int JSON_DEPTH = 100;

  /** The longest name of a member of a JSON document, in UTF-8 bytes: MySQL's own limit. */
  public static final int JSON_NAME_BYTES = 65_535;

  /** The earliest instant that all backends can hold. */
  public static final Instant EARLIEST = Instant.EPOCH;

  /** The latest instant that all backends can hold. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  /**
   * The longest duration that can be added to the database's clock without leaving the range of
   * instants.
   */
  public static final Duration LONGEST = Duration.ofDays(36_500);

  private Require() {}

  /** Refuses null. */
  public static <T> T nonNull(String field, @Nullable T value) {
    if (value == null) {
      throw new InvalidRequestException(field, "is null: it must be given");
    }
    return value;
  }

  /** Refuses unless the condition holds. */
  public static void that(boolean condition, String field, String reason) {
    if (!condition) {
      throw new InvalidRequestException(field, reason);
    }
  }

  /** Refuses unless the condition holds, with a reason that is built only then. */
  public static void that(boolean condition, String field, Supplier<String> reason) {
    if (!condition) {
      throw new InvalidRequestException(field, reason.get());
    }
  }

  /**
   * An id: 1 to 255 code points, no NUL, no lone surrogate; compared byte for byte by every
   * backend.
   */
  public static String id(String field, @Nullable String value) {
    String present = text(field, value, ID_LENGTH);
    that(!present.isEmpty(), field, "is empty: an id has 1 to 255 characters");
    return present;
  }

  /** As {@link #id} for a present value. */
  public static void optionalId(String field, Optional<String> value) {
    nonNull(field, value).ifPresent(present -> id(field, present));
  }

  /** A message to operators, which may be empty: at most 4000 code points. */
  public static String message(String field, @Nullable String value) {
    return text(field, value, MESSAGE_LENGTH);
  }

  /** A text of at most {@code maximumCodePoints} code points, without NUL and lone surrogates. */
  public static String text(String field, @Nullable String value, int maximumCodePoints) {
    String present = nonNull(field, value);
    int codePoints = 0;
    for (int i = 0; i < present.length(); codePoints++) {
      int codePoint = present.codePointAt(i);
      if (codePoint == 0) {
        throw new InvalidRequestException(
            field, "holds a NUL character, which no backend can store", i);
      }
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw new InvalidRequestException(
            field, "holds a lone surrogate, which is not a character", i);
      }
      i += Character.charCount(codePoint);
    }
    int length = codePoints;
    that(
        length <= maximumCodePoints,
        field,
        () -> "has " + length + " characters: at most " + maximumCodePoints + " are allowed");
    return present;
  }

  /** An instant from 1970 to 9999, truncated (never rounded) to microseconds. */
  public static Instant instant(String field, @Nullable Instant value) {
    Instant present = nonNull(field, value);
    that(
        !present.isBefore(EARLIEST) && !present.isAfter(LATEST.plusNanos(999)),
        field,
        () -> "is " + present + ": instants from 1970-01-01 to 9999-12-31 can be stored");
    return present.truncatedTo(ChronoUnit.MICROS);
  }

  /** As {@link #instant} for a present value. */
  public static Optional<Instant> optionalInstant(String field, Optional<Instant> value) {
    return nonNull(field, value).map(present -> instant(field, present));
  }

  /** A whole number within bounds, both included. */
  public static long between(String field, long value, long minimum, long maximum) {
    that(
        value >= minimum && value <= maximum,
        field,
        () -> "is " + value + ": it must be within " + minimum + ".." + maximum);
    return value;
  }

  /** A duration above zero, of a microsecond at least. */
  public static Duration positive(String field, @Nullable Duration value) {
    Duration present = nonNegative(field, value);
    that(present.toNanos() >= 1000, field, () -> "is " + present + ": it must be longer than zero");
    return present;
  }

  /** A duration of zero or more, truncated to microseconds. */
  public static Duration nonNegative(String field, @Nullable Duration value) {
    Duration present = nonNull(field, value);
    that(
        !present.isNegative() && present.compareTo(LONGEST) <= 0,
        field,
        () -> "is " + present + ": it must be within zero and 36500 days");
    return present.truncatedTo(ChronoUnit.MICROS);
  }

  /** A duration of whole seconds, at least {@code minimum}. */
  public static Duration wholeSeconds(String field, @Nullable Duration value, long minimum) {
    Duration present = nonNull(field, value);
    that(
        present.getNano() == 0
            && present.getSeconds() >= minimum
            && present.compareTo(LONGEST) <= 0,
        field,
        () -> "is " + present + ": it must be whole seconds, at least " + minimum);
    return present;
  }

  /** A timeout of whole seconds, above zero, if present. */
  public static void optionalSeconds(String field, Optional<Duration> value) {
    nonNull(field, value)
        .ifPresent(
            present ->
                that(
                    present.getNano() == 0
                        && present.getSeconds() > 0
                        && present.getSeconds() <= Integer.MAX_VALUE,
                    field,
                    () -> "is " + present + ": it must be whole seconds, at least one"));
  }
}
