package io.odin.persistence.sql.schedule;

import io.odin.persistence.internal.Require;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When a definition is due, between its start and its end. Immutable and thread-safe. */
final class DueTimes {

  private final Optional<Instant> startAt;
  private final Instant latest;
  private final Series series;

  private DueTimes(ScheduleDefinition definition, Series series) {
    startAt = definition.startAt();
    latest = definition.endAt().orElse(Require.LATEST);
    this.series = series;
  }

  /** Due times without beginning or end. */
  @FunctionalInterface
  private interface Series {
    Optional<Instant> after(Instant instant);
  }

  /**
   * Reads a definition.
   *
   * @param createdAt what the grid of an interval without a start is counted from
   * @throws io.odin.persistence.error.InvalidRequestException if the cron expression cannot be read
   *     or is never due
   */
  static DueTimes of(ScheduleDefinition definition, Instant createdAt) {
    return new DueTimes(
        definition, series(definition.spec(), definition.startAt().orElse(createdAt)));
  }

  private static Series series(ScheduleSpec spec, Instant origin) {
    return switch (spec) {
      case ScheduleSpec.Cron cron -> CronTimes.of(cron)::after;
      case ScheduleSpec.Interval interval -> grid(origin, interval.interval());
      case ScheduleSpec.EpochInterval interval ->
          grid(Instant.EPOCH.plus(interval.offset()), interval.interval());
      case ScheduleSpec.AnyOf several ->
          union(several.specs().stream().map(each -> series(each, origin)).toList());
    };
  }

  private static Series union(List<Series> all) {
    return instant ->
        all.stream().flatMap(each -> each.after(instant).stream()).min(Comparator.naturalOrder());
  }

  private static Series grid(Instant origin, Duration interval) {
    return instant -> {
      long passed =
          Math.floorDiv(Duration.between(origin, instant).toSeconds(), interval.toSeconds());
      return Optional.of(origin.plusSeconds((passed + 1) * interval.toSeconds()));
    };
  }

  /** The first due time that is later; empty if none comes. */
  Optional<Instant> after(Instant instant) {
    Instant from =
        startAt.map(DueTimes::justBefore).filter(start -> start.isAfter(instant)).orElse(instant);
    return series.after(from).filter(due -> !due.isAfter(latest));
  }

  /** The first due time that is not earlier; empty if none comes. */
  Optional<Instant> from(Instant instant) {
    return after(justBefore(instant));
  }

  /** Returns up to {@code count} due times after an instant. */
  List<Instant> next(Instant after, int count) {
    List<Instant> due = new ArrayList<>();
    Optional<Instant> next = after(after);
    while (next.isPresent() && due.size() < count) {
      due.add(next.get());
      next = after(next.get());
    }
    return due;
  }

  private static Instant justBefore(Instant instant) {
    return instant.minusNanos(1000);
  }
}
