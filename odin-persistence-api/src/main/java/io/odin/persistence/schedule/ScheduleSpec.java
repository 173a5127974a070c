package io.odin.persistence.schedule;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.internal.Require;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;

/** The due times of a schedule. */
public sealed interface ScheduleSpec {

  /**
   * By a cron expression, read in a time zone.
   *
   * @param expression see {@link Cron}
   * @param timeZone an IANA name, "Europe/Berlin"
   * @throws InvalidRequestException if there is no such time zone, or the expression is empty or
   *     too long
   */
  static ScheduleSpec cron(String expression, String timeZone) {
    try {
      return new Cron(expression, ZoneId.of(Require.id("timeZone", timeZone)));
    } catch (DateTimeException e) {
      throw new InvalidRequestException(
          "timeZone",
          "is "
              + timeZone
              + ", which is no time zone: give an IANA name as in Europe/Berlin, with the same"
              + " capitals");
    }
  }

  /**
   * At a fixed interval.
   *
   * @throws InvalidRequestException unless the interval is whole seconds, at least one
   */
  static ScheduleSpec interval(Duration interval) {
    return new Interval(interval);
  }

  /**
   * The minutes of a cron expression: the five fields of UNIX (minute, hour, day of the month,
   * month, day of the week) with lists, ranges, steps, and English names of three letters. If both
   * days are restricted, either one suffices.
   *
   * <p>A local time that a change of the clocks skips is not due on that day. One that occurs twice
   * is due at its first occurrence only; but if the hour is {@code *}, the expression counts
   * elapsed hours and is due both times.
   *
   * @param expression such as {@code 30 2 * * MON-FRI}; the store checks it
   * @param timeZone the zone of its local times
   */
  record Cron(String expression, ZoneId timeZone) implements ScheduleSpec {

    /** Checks that there is an expression and a zone. */
    public Cron {
      Require.id("cronExpression", expression);
      Require.nonNull("timeZone", timeZone);
    }
  }

  /**
   * A fixed interval, counted from the start of the schedule, or else from its creation. Due times
   * do not drift, however late one is claimed.
   *
   * @param interval whole seconds, at least one
   */
  record Interval(Duration interval) implements ScheduleSpec {

    /** Checks the interval. */
    public Interval {
      Require.wholeSeconds("interval", interval, 1);
    }
  }
}
