package io.odin.persistence.tck.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Creating, finding, updating, pausing and deleting schedules. */
public abstract class ScheduleStoreTck extends AbstractScheduleTck {

  /** For backends. */
  protected ScheduleStoreTck() {}

  @Test
  @Scenario("SC-01")
  void create_isFoundByIdAndByName() {
    NewSchedule schedule = newSchedule(fullDefinition()).createdBy("ada@example.org");
    Instant before = databaseNow();

    Schedule stored = store().create(schedule);

    assertThat(stored.key()).isEqualTo(schedule.key());
    assertThat(stored.name()).isEqualTo(schedule.name());
    assertThat(stored.definition()).isEqualTo(schedule.definition());
    assertThat(stored.createdBy()).contains("ada@example.org");
    assertThat(stored.version()).isEqualTo(1);
    assertThat(stored.isPaused()).isFalse();
    assertThat(stored.lastDueAt()).isEmpty();
    assertThat(stored.lastResult()).isEmpty();
    assertThat(stored.createdAt()).isBetween(before, databaseNow());
    assertThat(stored.nextDueAt())
        .contains(store().dueTimes(stored.definition(), stored.createdAt(), 1).getFirst());
    assertThat(store().find(schedule.key())).contains(stored);
    assertThat(store().findByName(namespace(), schedule.name())).contains(stored);
  }

  @Test
  @Scenario("SC-01")
  void create_again_returnsTheStoredOne() {
    NewSchedule schedule = newSchedule(fullDefinition());
    Schedule stored = store().create(schedule);

    assertThat(store().create(schedule)).isEqualTo(stored);
  }

  @Test
  @Scenario("SC-01")
  void create_underAnIdOrANameThatIsTaken_isRefusedWithTheStoredOne() {
    Schedule stored = created(Samples.hourly());
    List<NewSchedule> others =
        List.of(
            NewSchedule.of(stored.key(), "another", Samples.hourly()),
            NewSchedule.of(stored.key(), stored.name(), fullDefinition()),
            NewSchedule.of(stored.key(), stored.name(), Samples.hourly()).createdBy("ada"),
            NewSchedule.of(ScheduleKey.create(namespace()), stored.name(), Samples.hourly()));

    for (NewSchedule other : others) {
      AlreadyExistsException refusal =
          thrownBy(AlreadyExistsException.class, () -> store().create(other));
      assertThat(refusal.existing(Schedule.class)).isEqualTo(stored);
    }
    ScheduleKey elsewhere = ScheduleKey.create(newNamespace());
    assertThat(store().create(NewSchedule.of(elsewhere, stored.name(), Samples.hourly())).version())
        .isEqualTo(1);
  }

  @Test
  @Scenario("SC-01")
  void create_ofOneNameByMany_succeedsOnce() {
    Concurrently.Outcomes<Schedule> outcomes =
        Concurrently.run(
            Concurrently.COMPETITORS,
            i ->
                store()
                    .create(
                        NewSchedule.of(
                            ScheduleKey.create(namespace()), "nightly", Samples.hourly())));

    Schedule winner = outcomes.onlyWinner(AlreadyExistsException.class);
    assertThat(store().findByName(namespace(), "nightly")).contains(winner);
  }

  @Test
  @Scenario("SC-02")
  void create_storesTheSpec() {
    for (ScheduleSpec spec :
        List.of(
            ScheduleSpec.cron("0 4 * * *", "UTC"),
            ScheduleSpec.cron("@daily", "Europe/Berlin"),
            ScheduleSpec.cron("0 4 * * fri-mon", "UTC"),
            ScheduleSpec.cron("@every 5m", "UTC"),
            ScheduleSpec.cron("0 4 * * *; 0 12 * * SAT", "Europe/Berlin"),
            ScheduleSpec.cron("@every 5m; @every 7m", "UTC"),
            ScheduleSpec.interval(Duration.ofDays(36_500), Duration.ofDays(36_499)),
            ScheduleSpec.interval(Duration.ofSeconds(1)),
            ScheduleSpec.interval(Duration.ofDays(36_500)))) {
      assertThat(created(Samples.schedule(spec).build()).definition().spec()).isEqualTo(spec);
    }
  }

  @Test
  @Scenario("SC-04")
  void update_replacesTheDefinition() {
    Schedule stored = created(fullDefinition());

    Schedule updated = store().update(stored.key(), Samples.hourly(), 1);

    assertThat(updated.definition()).isEqualTo(Samples.hourly());
    assertThat(updated.version()).isEqualTo(2);
    assertThat(updated.name()).isEqualTo(stored.name());
    assertThat(updated.createdAt()).isEqualTo(stored.createdAt());
    assertThat(store().find(stored.key())).contains(updated);
  }

  @Test
  @Scenario("SC-04")
  void update_ofAnotherVersion_isAConflict() {
    Schedule stored = created(Samples.hourly());
    Schedule updated = store().update(stored.key(), fullDefinition(), 1);

    VersionConflictException conflict =
        thrownBy(
            VersionConflictException.class,
            () -> store().update(stored.key(), Samples.hourly(), 1));

    assertThat(conflict.expected()).isEqualTo(1);
    assertThat(conflict.actual()).isEqualTo(2);
    assertThat(store().find(stored.key())).contains(updated);
    thrownBy(
        NotFoundException.class,
        () -> store().update(ScheduleKey.create(namespace()), Samples.hourly(), 1));
  }

  @Test
  @Scenario("SC-04")
  void update_ofOneVersionByMany_succeedsOnce() {
    Schedule stored = created(Samples.hourly());

    Concurrently.Outcomes<Schedule> outcomes =
        Concurrently.run(
            Concurrently.COMPETITORS,
            i ->
                store()
                    .update(
                        stored.key(),
                        Samples.schedule(ScheduleSpec.interval(Duration.ofSeconds(i + 1L))).build(),
                        1));

    Schedule winner = outcomes.onlyWinner(VersionConflictException.class);
    assertThat(winner.version()).isEqualTo(2);
    assertThat(store().find(stored.key())).contains(winner);
  }

  @Test
  @Scenario("SC-05")
  void names_areCaseSensitive() {
    Schedule upper =
        store().create(NewSchedule.of(ScheduleKey.create(namespace()), "Job", Samples.hourly()));
    Schedule lower =
        store().create(NewSchedule.of(ScheduleKey.create(namespace()), "job", Samples.hourly()));

    assertThat(store().findByName(namespace(), "Job")).contains(upper);
    assertThat(store().findByName(namespace(), "job")).contains(lower);
    assertThat(store().findByName(namespace(), "JOB")).isEmpty();
    assertThat(allPages(1, page -> store().list(namespace(), page))).containsExactly(upper, lower);
  }

  @Test
  @Scenario("SC-06")
  void findAll_findsManyNamesAtOnce() {
    List<String> names = IntStream.range(0, 1000).mapToObj("schedule-%04d"::formatted).toList();
    names.forEach(
        name ->
            store()
                .create(NewSchedule.of(ScheduleKey.create(namespace()), name, Samples.hourly())));

    assertThat(store().findAll(namespace(), names)).extracting(Schedule::name).isEqualTo(names);
    assertThat(store().findAll(namespace(), List.of("schedule-0009", "none", "schedule-0002")))
        .extracting(Schedule::name)
        .containsExactly("schedule-0009", "schedule-0002");
    assertThat(store().findAll(namespace(), List.of())).isEmpty();
    assertThat(store().findAll(newNamespace(), names)).isEmpty();
    for (List<String> refused :
        List.of(Collections.nCopies(1001, "schedule-0001"), Collections.nCopies(1, ""))) {
      thrownBy(InvalidRequestException.class, () -> store().findAll(namespace(), refused));
    }
    assertThat(allPages(300, page -> store().list(namespace(), page)))
        .extracting(Schedule::name)
        .isEqualTo(names);
  }

  @Test
  @Scenario("SC-07")
  void delete_removesTheHistoryAndKeepsTheRuns() {
    Schedule schedule = dueSince(Duration.ofMinutes(150));
    for (int i = 0; i < 3; i++) {
      store().advance(claimedOne(), DueOutcome.started(startedRun()));
    }
    Schedule other = dueSince(Duration.ofMinutes(30));
    skip(claimedOne());
    Map<String, Long> before = database().rowCounts(namespace());

    store().delete(schedule.key());

    assertThat(store().find(schedule.key())).isEmpty();
    assertThat(store().findByName(namespace(), schedule.name())).isEmpty();
    assertThat(history(schedule.key())).isEmpty();
    assertThat(history(other.key())).hasSize(1);
    Map<String, Long> after = database().rowCounts(namespace());
    assertThat(after.get("workflow_executions")).isEqualTo(before.get("workflow_executions"));
    assertThatCode(() -> store().delete(schedule.key())).doesNotThrowAnyException();
    assertThat(
            store()
                .create(NewSchedule.of(schedule.key(), schedule.name(), Samples.hourly()))
                .version())
        .isEqualTo(1);
  }

  @Test
  @Scenario("SC-13")
  void update_countsFromTheDatabasesNow() {
    Schedule late = dueSince(Duration.ofMinutes(150));
    ScheduleLease lease = claimedOne();
    ScheduleDefinition daily = Samples.schedule(ScheduleSpec.cron("30 4 * * *", "UTC")).build();
    Instant before = databaseNow();

    Schedule updated = store().update(late.key(), daily, 1);

    assertThat(updated.nextDueAt())
        .isIn(
            store().dueTimes(daily, before, 1).stream().findFirst(),
            store().dueTimes(daily, databaseNow(), 1).stream().findFirst());
    LeaseLostException lost = thrownBy(LeaseLostException.class, () -> skip(lease));
    assertThat(lost.reason()).isEqualTo(LeaseLostException.Reason.GONE);
    assertThat(claim("scheduler-a", LONG)).isEmpty();
    assertMissed(late.key(), lease.dueAt());
  }

  private void assertMissed(ScheduleKey schedule, Instant dueAt) {
    List<ScheduleRun> recorded = history(schedule);
    assertThat(recorded).extracting(ScheduleRun::dueAt).containsExactly(dueAt);
    assertThat(recorded.getFirst().result()).contains(ScheduleResult.MISSED);
    assertThat(recorded.getFirst().message()).isNotEmpty();
  }

  @Test
  @Scenario("SC-13")
  void update_withAnEqualDefinition_changesNothing() {
    Schedule late = dueSince(fullDefinition(), Duration.ofMinutes(3));
    Schedule again = store().update(late.key(), fullDefinition(), late.version());

    assertThat(again).isEqualTo(late);
    assertThat(store().find(late.key())).contains(late);
    ScheduleLease lease = claimedOne();
    assertThat(store().update(late.key(), fullDefinition(), late.version()).version())
        .isEqualTo(late.version());
    skip(lease);
    thrownBy(
        VersionConflictException.class,
        () -> store().update(late.key(), fullDefinition(), late.version() + 1));
  }

  @Test
  @Scenario("SC-13")
  void update_beforeAnythingIsDue_recordsNothing() {
    Schedule schedule = created(Samples.hourly());

    store().update(schedule.key(), fullDefinition(), schedule.version());

    assertThat(history(schedule.key())).isEmpty();
  }

  private static ScheduleDefinition withAttributes(String attributes) {
    return Samples.schedule(Samples.hourly().spec()).searchAttributes(Json.of(attributes)).build();
  }

  @Test
  @Scenario("SC-28")
  void searchAttributes_thatRunsCouldNotHave_areRefused() {
    Schedule stored = created(Samples.hourly());
    for (String refused : List.of("{\"Unknown\":1}", "{\"CustomerId\":7}")) {
      ScheduleDefinition definition = withAttributes(refused);
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> created(definition),
              () -> store().update(stored.key(), definition, stored.version()))) {
        InvalidRequestException failure = thrownBy(InvalidRequestException.class, call);
        assertThat(failure.field()).isEqualTo("searchAttributes");
      }
    }
    assertThat(allPages(10, page -> store().list(namespace(), page))).containsExactly(stored);
  }

  @Test
  @Scenario("SC-28")
  void searchAttributes_thatAreStored_areAcceptedAgain() {
    ScheduleDefinition definition = withAttributes("{\"CustomerId\":\"c-1\"}");
    NewSchedule schedule = newSchedule(definition);
    Schedule stored = store().create(schedule);
    persistence().visibility().removeAttribute(namespace(), "CustomerId");

    assertThat(store().create(schedule)).isEqualTo(stored);
    ScheduleDefinition daily =
        Samples.schedule(ScheduleSpec.cron("@daily", "UTC"))
            .searchAttributes(definition.searchAttributes().orElseThrow())
            .build();
    assertThat(store().update(stored.key(), daily, 1).definition()).isEqualTo(daily);
    thrownBy(InvalidRequestException.class, () -> created(definition));
  }

  @Test
  @Scenario("SC-18")
  void pause_preventsClaims() {
    Schedule schedule = dueSince(Duration.ofMinutes(30));

    Schedule paused = store().pause(schedule.key(), "the shop moves");

    assertThat(paused.pauseNote()).contains("the shop moves");
    assertThat(paused.version()).isEqualTo(2);
    assertThat(paused.nextDueAt()).isEqualTo(schedule.nextDueAt());
    assertThat(claim("scheduler-a", LONG)).isEmpty();
    assertThat(store().pause(schedule.key(), "the shop moves")).isEqualTo(paused);
    assertThat(store().pause(schedule.key(), "").pauseNote()).contains("");
    thrownBy(NotFoundException.class, () -> store().pause(ScheduleKey.create(namespace()), "why"));
  }

  @Test
  @Scenario("SC-18")
  void resume_dropsDueTimesOfThePause() {
    Schedule schedule = dueSince(Duration.ofMinutes(30));
    store().pause(schedule.key(), "the shop moves");

    Schedule resumed = store().resume(schedule.key());

    assertThat(resumed.isPaused()).isFalse();
    assertThat(resumed.version()).isEqualTo(3);
    assertThat(resumed.nextDueAt()).contains(schedule.nextDueAt().orElseThrow().plus(HOUR));
    assertThat(claim("scheduler-a", LONG)).isEmpty();
    assertThat(store().resume(schedule.key())).isEqualTo(resumed);
    assertMissed(schedule.key(), schedule.nextDueAt().orElseThrow());
    thrownBy(NotFoundException.class, () -> store().resume(ScheduleKey.create(namespace())));
  }

  @Test
  @Scenario("SC-18")
  void pause_whileADueTimeIsClaimed_keepsTheClaim() {
    Schedule schedule = dueSince(Duration.ofMinutes(30));
    ScheduleLease lease = claimedOne();

    store().pause(schedule.key(), "the shop moves");
    skip(lease);

    Schedule paused = store().find(schedule.key()).orElseThrow();
    assertThat(paused.isPaused()).isTrue();
    assertThat(paused.lastDueAt()).contains(lease.dueAt());
    assertThat(paused.nextDueAt()).isEqualTo(lease.nextDueAt());
  }
}
