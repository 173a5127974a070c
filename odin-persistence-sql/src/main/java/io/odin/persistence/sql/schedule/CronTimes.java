package io.odin.persistence.sql.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.schedule.ScheduleSpec;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * When a cron expression is due. The library reads the expression and walks the local calendar as
 * if it were UTC; what a zone's clock does with a local time is decided here, one stretch of equal
 * offset after the other. Immutable and thread-safe.
 */
final class CronTimes {

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  // A leap year: if no day from here on fits, none ever will.
  private static final LocalDateTime BEFORE_A_LEAP_YEAR = LocalDateTime.of(1999, 12, 31, 23, 59);

  private final ExecutionTime calendar;
  private final ZoneRules zone;
  private final boolean everyHour;

  private CronTimes(Cron cron, ZoneRules zone) {
    calendar = ExecutionTime.forCron(cron);
    this.zone = zone;
    everyHour = cron.asString().split(" ", 3)[1].equals("*");
  }

  static CronTimes of(ScheduleSpec.Cron spec) {
    CronTimes times;
    Optional<LocalDateTime> first;
    try {
      times =
          new CronTimes(
              PARSER.parse(CronText.plain(spec.expression())), spec.timeZone().getRules());
      first = times.nextLocal(BEFORE_A_LEAP_YEAR);
    } catch (RuntimeException e) {
      // The library's own exceptions, and others where it takes a text apart: "| * * * *".
      throw unreadable(spec.expression(), e);
    }
    if (first.isEmpty()) {
      throw new InvalidRequestException(
          "cronExpression",
          "is '" + spec.expression() + "', a day that never comes: correct its day or its month");
    }
    return times;
  }

  private static InvalidRequestException unreadable(String expression, RuntimeException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new InvalidRequestException(
        "cronExpression",
        "is '"
            + expression
            + "', which cannot be read ("
            + (cause instanceof IllegalArgumentException ? cause.getMessage() : "no such form")
            + "): give the five fields minute, hour, day of the month, month and day of the week,"
            + " as in '*/5 9-17 * * MON-FRI', or a name as in '@daily'");
  }

  /** The first due time that is later; empty if none comes. */
  Optional<Instant> after(Instant instant) {
    Instant from = instant;
    while (true) {
      ZoneOffset offset = zone.getOffset(from);
      Optional<LocalDateTime> local = nextLocal(LocalDateTime.ofInstant(from, offset));
      if (local.isEmpty()) {
        return Optional.empty();
      }
      Instant candidate = local.get().toInstant(offset);
      ZoneOffsetTransition change = zone.nextTransition(from);
      if (change != null && !candidate.isBefore(change.getInstant())) {
        // The clocks are changed before: go on with what they show then.
        Optional<Instant> atOnce = dueAt(change);
        if (atOnce.isPresent()) {
          return atOnce;
        }
        from = change.getInstant();
      } else if (everyHour || isFirstComing(local.get(), offset)) {
        return Optional.of(candidate);
      } else {
        from = candidate;
      }
    }
  }

  /** Whether the very moment of a change is due: the first that the clocks show after it. */
  private Optional<Instant> dueAt(ZoneOffsetTransition change) {
    LocalDateTime shown = change.getDateTimeAfter();
    return nextLocal(shown.minusNanos(1))
        .filter(shown::equals)
        .filter(local -> everyHour || isFirstComing(local, change.getOffsetAfter()))
        .map(local -> change.getInstant());
  }

  private boolean isFirstComing(LocalDateTime local, ZoneOffset offset) {
    return zone.getValidOffsets(local).getFirst().equals(offset);
  }

  private Optional<LocalDateTime> nextLocal(LocalDateTime local) {
    ZonedDateTime minute = local.truncatedTo(ChronoUnit.MINUTES).atZone(ZoneOffset.UTC);
    return calendar.nextExecution(minute).map(ZonedDateTime::toLocalDateTime);
  }
}
