package io.odin.persistence.tck.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The delay of due times by a jitter. */
public abstract class ScheduleJitterTck extends AbstractScheduleTck {

  private static final Duration DAY = Duration.ofDays(1);

  /** For backends. */
  protected ScheduleJitterTck() {}

  private static ScheduleDefinition daily(Duration jitter) {
    return Samples.schedule(ScheduleSpec.interval(DAY)).jitter(jitter).build();
  }

  private static Instant claimableAt(Schedule schedule) {
    return schedule.claimableAt(schedule.nextDueAt().orElseThrow());
  }

  @Test
  @Scenario("SC-24")
  void jitter_delaysTheClaimAndNotTheDueTime() {
    Schedule schedule = dueSince(daily(Duration.ofSeconds(3)), Duration.ZERO);
    Instant dueAt = schedule.nextDueAt().orElseThrow();

    ScheduleLease lease =
        await()
            .until(() -> claim("scheduler-a", LONG), claimed -> !claimed.isEmpty())
            .getFirst()
            .lease();

    assertThat(databaseNow()).isAfterOrEqualTo(claimableAt(schedule));
    assertThat(lease.dueAt()).isEqualTo(dueAt);
    assertThat(lease.nextDueAt()).contains(dueAt.plus(DAY));
    skip(lease);
    assertThat(history(schedule.key())).extracting(ScheduleRun::dueAt).containsExactly(dueAt);
    assertThat(store().find(schedule.key()).orElseThrow().nextDueAt()).contains(dueAt.plus(DAY));
  }

  /** Of many that are due, those are claimed whose delay has passed, each once. */
  @Test
  @Scenario("SC-24")
  void jitter_isClaimedOnceByMany() {
    List<Schedule> schedules =
        IntStream.range(0, 64)
            .mapToObj(i -> dueSince(daily(HOUR), Duration.ofMinutes(30)))
            .toList();
    Instant before = databaseNow();

    List<Schedule> claimed =
        Concurrently.run(Concurrently.COMPETITORS, i -> claim("scheduler-" + i, LONG))
            .allSucceeded()
            .stream()
            .flatMap(List::stream)
            .map(DueSchedule::schedule)
            .toList();

    Instant after = databaseNow();
    assertThat(claimed).doesNotHaveDuplicates().hasSizeBetween(8, 56);
    for (Schedule schedule : schedules) {
      assertThat(claimed.contains(schedule))
          .isIn(!claimableAt(schedule).isAfter(before), !claimableAt(schedule).isAfter(after));
    }
    schedules.forEach(schedule -> assertThat(store().find(schedule.key())).contains(schedule));
  }

  @Test
  @Scenario("SC-24")
  void jitter_isNoDelayThatTheCatchUpWindowCounts() {
    ScheduleDefinition definition =
        Samples.schedule(ScheduleSpec.interval(DAY))
            .jitter(HOUR)
            .catchUpWindow(Duration.ofSeconds(10))
            .build();
    Schedule waiting = dueSince(definition, Duration.ofMinutes(30));
    Schedule missed = dueSince(definition, Duration.ofMinutes(61));

    List<DueSchedule> claimed = claim("scheduler-a", LONG);

    assertThat(claimed).extracting(DueSchedule::schedule).doesNotContain(missed);
    assertThat(history(waiting.key())).isEmpty();
    assertThat(history(missed.key())).hasSize(1);
  }

  @Test
  @Scenario("SC-24")
  void jitter_isUpdatedAndStored() {
    Schedule schedule = created(daily(HOUR));
    assertThat(schedule.definition().jitter()).isEqualTo(HOUR);

    Schedule updated = store().update(schedule.key(), daily(Duration.ZERO), 1);

    Instant dueAt = updated.nextDueAt().orElseThrow();
    assertThat(updated.claimableAt(dueAt)).isEqualTo(dueAt);
    assertThat(schedule.claimableAt(dueAt)).isBetween(dueAt, dueAt.plus(HOUR));
  }
}
