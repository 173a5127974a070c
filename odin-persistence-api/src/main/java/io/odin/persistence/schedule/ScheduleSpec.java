package io.odin.persistence.schedule;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.internal.Require;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The due times of a schedule. */
public sealed interface ScheduleSpec {

  /**
   * By a cron expression, read in a time zone; or at the interval of {@code @every}, for which the
   * zone has no meaning; or by several of them, separated by semicolons, which is {@link AnyOf}.
   *
   * @param expression see {@link Cron}; or {@code @every 1h30m}, which is {@link
   *     #interval(Duration, Duration)} of that duration from the epoch on, or {@code @every
   *     1h30m/10m}, the same with an offset. A duration is whole days, hours, minutes and seconds,
   *     in this order: {@code 1d}, {@code 90s}
   * @param timeZone an IANA name, "Europe/Berlin"
   * @throws InvalidRequestException if there is no such time zone, the expression is empty or too
   *     long, or what follows {@code @every} is no interval
   */
  static ScheduleSpec cron(String expression, String timeZone) {
    ZoneId zone = zone(timeZone);
    if (Require.id("cronExpression", expression).indexOf(AnyOf.SEPARATOR) < 0) {
      return single(expression, zone);
    }
    return anyOf(
        Arrays.stream(expression.split(AnyOf.SEPARATOR, -1))
            .map(part -> single(part.strip(), zone))
            .toList());
  }

  private static ScheduleSpec single(String expression, ZoneId zone) {
    return EveryText.is(expression) ? EveryText.read(expression) : new Cron(expression, zone);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(Require.id("timeZone", name));
    } catch (DateTimeException e) {
      throw new InvalidRequestException(
          "timeZone",
          "is "
              + name
              + ", which is no time zone: give an IANA name as in Europe/Berlin, with the same"
              + " capitals");
    }
  }

  /**
   * At a fixed interval, counted from the start of the schedule, or else from its creation.
   *
   * @throws InvalidRequestException unless the interval is whole seconds, at least one
   */
  static ScheduleSpec interval(Duration interval) {
    return new Interval(interval);
  }

  /**
   * At a fixed interval, counted from the epoch: equal for all schedules that have it, whenever
   * they were created.
   *
   * @param offset the phase: the due times are the epoch + offset + n intervals
   * @throws InvalidRequestException unless the interval is whole seconds, at least one, and the
   *     offset whole seconds, from zero to less than the interval
   */
  static ScheduleSpec interval(Duration interval, Duration offset) {
    return new EpochInterval(interval, offset);
  }

  /**
   * By several specs: due whenever one of them is. An instant at which several are due is one due
   * time.
   *
   * @param specs cron expressions of one time zone, and intervals with an offset; at least two,
   *     whose texts together have at most 255 characters
   * @throws InvalidRequestException if there are others, fewer, or too many
   */
  static ScheduleSpec anyOf(List<ScheduleSpec> specs) {
    return new AnyOf(specs);
  }

  /**
   * The minutes of a cron expression: the five fields of UNIX (minute, hour, day of the month,
   * month, day of the week) with lists, ranges, steps, and English names of three letters. Sunday
   * is 0 and 7, and a range of days of the week may pass the end of the week: {@code SUN-THU},
   * {@code FRI-MON}. These names may be given instead of the fields, in any case:
   *
   * <table>
   * <caption>Names of expressions</caption>
   * <tr><th>name</th><th>expression</th></tr>
   * <tr><td>{@code @yearly}, {@code @annually}</td><td>{@code 0 0 1 1 *}</td></tr>
   * <tr><td>{@code @monthly}</td><td>{@code 0 0 1 * *}</td></tr>
   * <tr><td>{@code @weekly}</td><td>{@code 0 0 * * 0}</td></tr>
   * <tr><td>{@code @daily}, {@code @midnight}</td><td>{@code 0 0 * * *}</td></tr>
   * <tr><td>{@code @hourly}</td><td>{@code 0 * * * *}</td></tr>
   * </table>
   *
   * <p>A field is restricted unless it is {@code *} alone. If the day of the month and the day of
   * the week are both restricted, either one suffices, as in the cron of UNIX and unlike in
   * Temporal, where both have to match. A step counts from the first value of its field or range,
   * and begins again in each month, week, day or hour; a field with a step is restricted, unlike in
   * the cron of Vixie. If the last odd day of a month is the 31st, the next day is odd, too.
   *
   * <table>
   * <caption>Days of the month and days of the week</caption>
   * <tr><th>example</th><th>expression</th><th>the first days after 2026-12-27, a Sunday</th></tr>
   * <tr><td>the 13th</td><td><code>0 0 13 * *</code></td>
   *     <td>01-13, 02-13, 03-13</td></tr>
   * <tr><td>each Friday</td><td><code>0 0 * * FRI</code></td>
   *     <td>01-01, 01-08, 01-15</td></tr>
   * <tr><td>the 13th and each Friday</td><td><code>0 0 13 * FRI</code></td>
   *     <td>01-01, 01-08, 01-13, 01-15</td></tr>
   * <tr><td>the odd days</td><td><code>0 0 *&#47;2 * *</code></td>
   *     <td>12-29, 12-31, 01-01, 01-03</td></tr>
   * <tr><td>the odd days and each Monday</td><td><code>0 0 *&#47;2 * MON</code></td>
   *     <td>12-28, 12-29, 12-31, 01-01, 01-03, 01-04, 01-05</td></tr>
   * <tr><td>each second day of the week from Sunday on, and the 13th</td>
   *     <td><code>0 0 13 * *&#47;2</code></td>
   *     <td>12-29, 12-31, 01-02, 01-03, 01-05, 01-07, 01-09, 01-10, 01-12, 01-13</td></tr>
   * </table>
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
      Require.that(
          !EveryText.is(expression),
          "cronExpression",
          "is '" + expression + "', an interval: make it by ScheduleSpec.cron or interval");
      Require.that(
          expression.indexOf(AnyOf.SEPARATOR) < 0,
          "cronExpression",
          "is '" + expression + "', several: make them by ScheduleSpec.cron or anyOf");
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

  /**
   * A fixed interval, counted from the epoch, 1970-01-01T00:00:00Z: 1 hour with an offset of 15
   * minutes is due at a quarter past each hour of UTC. The start of a schedule bounds the due times
   * and does not move them.
   *
   * @param interval whole seconds, at least one
   * @param offset whole seconds, from zero to less than the interval
   */
  record EpochInterval(Duration interval, Duration offset) implements ScheduleSpec {

    /** Checks both. */
    public EpochInterval {
      Require.wholeSeconds("interval", interval, 1);
      Require.wholeSeconds("offset", offset, 0);
      Require.that(
          offset.compareTo(interval) < 0,
          "offset",
          "is " + offset + ": it must be less than the interval, " + interval);
    }

    /** As {@link #cron} takes it: {@code @every 3600s/900s}. */
    public String text() {
      return EveryText.of(this);
    }
  }

  /**
   * Several specs: due whenever one of them is. An instant at which several are due is one due
   * time.
   *
   * @param specs cron expressions of one time zone, and intervals with an offset; at least two
   */
  record AnyOf(List<ScheduleSpec> specs) implements ScheduleSpec {

    static final String SEPARATOR = ";";

    /** Checks the specs, and removes the white space around each expression. */
    public AnyOf {
      specs = Require.nonNull("specs", specs).stream().map(AnyOf::part).toList();
      Require.that(
          specs.size() > 1,
          "specs",
          "has " + specs.size() + ": give at least two, or only the one");
      long zones = zones(specs).distinct().count();
      Require.that(
          zones <= 1,
          "specs",
          "has expressions in " + zones + " time zones: make a schedule for each zone");
      Require.text("specs", text(specs), Require.ID_LENGTH);
    }

    private static ScheduleSpec part(ScheduleSpec spec) {
      return switch (Require.nonNull("specs", spec)) {
        case Cron cron -> new Cron(cron.expression().strip(), cron.timeZone());
        case EpochInterval interval -> interval;
        case Interval interval ->
            throw new InvalidRequestException(
                "specs",
                "has an interval that is counted from the creation: give it an offset, which may be"
                    + " zero");
        case AnyOf several ->
            throw new InvalidRequestException(
                "specs", "has several specs in one: give each of them by itself");
      };
    }

    private static Stream<ZoneId> zones(List<ScheduleSpec> specs) {
      return specs.stream().filter(Cron.class::isInstance).map(spec -> ((Cron) spec).timeZone());
    }

    private static String text(List<ScheduleSpec> specs) {
      return specs.stream()
          .map(
              spec ->
                  spec instanceof Cron cron
                      ? cron.expression()
                      : EveryText.of((EpochInterval) spec))
          .collect(Collectors.joining(SEPARATOR + " "));
    }

    /** As {@link #cron} takes it: {@code 0 9 * * MON-FRI; 0 12 * * SAT}. */
    public String text() {
      return text(specs);
    }

    /** The zone of its cron expressions; empty if it has none. */
    public Optional<ZoneId> timeZone() {
      return zones(specs).findFirst();
    }
  }
}
