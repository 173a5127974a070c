package io.odin.persistence.tck.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LeaseLostException.Reason;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
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
import io.odin.persistence.tck.harness.Workbench;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Claiming due times under leases, and recording one outcome for each. */
public abstract class ScheduleClaimTck extends AbstractScheduleTck {

  private static final int SCHEDULERS = 8;

  /** For backends. */
  protected ScheduleClaimTck() {}

  private Reason lost(ScheduleLease lease) {
    LeaseLostException lost = thrownBy(LeaseLostException.class, () -> skip(lease));
    assertThat(lost.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    return lost.reason();
  }

  @Test
  @Scenario("SC-08")
  void claimDue_leasesDueSchedules() {
    Schedule schedule = dueSince(Duration.ofMinutes(30));
    created(Samples.hourly());
    Instant before = databaseNow();

    List<DueSchedule> due = claim("scheduler-a", LONG);

    assertThat(due).extracting(DueSchedule::schedule).containsExactly(schedule);
    ScheduleLease lease = due.getFirst().lease();
    assertThat(lease.schedule()).isEqualTo(schedule.key());
    assertThat(lease.owner()).isEqualTo("scheduler-a");
    assertThat(Optional.of(lease.dueAt())).isEqualTo(schedule.nextDueAt());
    assertThat(lease.nextDueAt()).contains(lease.dueAt().plus(HOUR));
    assertThat(lease.expiresAt()).isBetween(before.plus(LONG), databaseNow().plus(LONG));
    assertThat(claim("scheduler-b", LONG)).isEmpty();
    assertThat(store().find(schedule.key())).contains(schedule);
  }

  @Test
  @Scenario("SC-29")
  void workflowId_isAnIdWhateverTheNameIs() {
    for (String name : List.of("nightly", "é".repeat(255))) {
      NewSchedule schedule =
          NewSchedule.of(ScheduleKey.create(namespace()), name, Samples.hourly());
      store().create(schedule);
      database().ageSchedule(schedule.key(), Duration.ofMinutes(90));

      DueSchedule due = claim("scheduler-a", LONG).getFirst();

      String start = name.equals("nightly") ? name : schedule.key().scheduleId().toString();
      assertThat(due.workflowId()).isEqualTo(start + "-" + due.lease().dueAt());
      RunKey run = RunKey.create(namespace(), due.workflowId());
      persistence()
          .executions()
          .commit(
              transaction(acquireShardFor(run.workflowId()), Samples.create(run))
                  .advances(due.lease())
                  .build());
    }
  }

  @Test
  @Scenario("SC-08")
  void claimDue_followsTheDatabasesClock() {
    Schedule schedule =
        created(Samples.schedule(ScheduleSpec.interval(Duration.ofSeconds(1))).build());

    DueSchedule due =
        await().until(() -> claim("scheduler-a", LONG), claimed -> !claimed.isEmpty()).getFirst();

    assertThat(due.lease().dueAt()).isEqualTo(schedule.createdAt().plusSeconds(1));
    assertThat(databaseNow()).isAfterOrEqualTo(due.lease().dueAt());
  }

  @Test
  @Scenario("SC-08")
  void claimDue_byMany_leasesEachOnceAndExpiredOnesAgain() {
    Map<ScheduleKey, Instant> expected = new HashMap<>();
    for (int i = 1; i <= 100; i++) {
      Schedule schedule = dueSince(Duration.ofSeconds(20L * i));
      expected.put(schedule.key(), schedule.nextDueAt().orElseThrow());
    }
    store().pause(dueSince(Duration.ofMinutes(30)).key(), "never");
    List<DueSchedule> expired = claim("scheduler-expired", 10, Duration.ofSeconds(2));
    assertThat(expired).isNotEmpty();

    List<DueSchedule> claimed = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              Concurrently.run(SCHEDULERS, i -> claimAll("scheduler-" + i))
                  .allSucceeded()
                  .forEach(claimed::addAll);
              assertThat(claimed).hasSizeGreaterThanOrEqualTo(100);
            });

    assertThat(claimed).hasSize(100);
    Map<ScheduleKey, Instant> found = new HashMap<>();
    claimed.forEach(due -> found.put(due.schedule().key(), due.lease().dueAt()));
    assertThat(found).isEqualTo(expected);
    expired.forEach(due -> assertThat(lost(due.lease())).isEqualTo(Reason.TAKEN_OVER));
  }

  private List<DueSchedule> claim(String owner, int limit, Duration leaseFor) {
    List<DueSchedule> due =
        store().claimDue(owner, leaseFor, limit).stream()
            .filter(each -> each.schedule().key().namespace().equals(namespace()))
            .toList();
    assertThat(due)
        .extracting(each -> each.lease().dueAt())
        .isSortedAccordingTo(Comparator.naturalOrder());
    return due;
  }

  private List<DueSchedule> claimAll(String owner) {
    List<DueSchedule> all = new ArrayList<>();
    List<DueSchedule> some = claim(owner, 7, LONG);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = claim(owner, 7, LONG);
    }
    return all;
  }

  @Test
  @Scenario("SC-08")
  void claimDue_coversEveryNamespace() {
    Schedule here = dueSince(Duration.ofMinutes(30));
    Workbench bench = Workbench.on(persistence());
    Schedule there =
        store()
            .create(
                NewSchedule.of(ScheduleKey.create(bench.namespace()), "there", Samples.hourly()));
    database().ageSchedule(there.key(), Duration.ofMinutes(90));

    assertThat(store().claimDue("scheduler-a", LONG, 1000))
        .extracting(due -> due.schedule().key())
        .contains(here.key(), there.key());
  }

  @Test
  @Scenario("SC-09")
  void advance_byMany_succeedsOnce() {
    Schedule schedule = dueSince(Duration.ofMinutes(30));
    ScheduleLease lease = claimedOne();
    List<RunKey> runs =
        IntStream.range(0, Concurrently.COMPETITORS).mapToObj(i -> newRun()).toList();

    Concurrently.Outcomes<RunKey> outcomes =
        Concurrently.run(
            Concurrently.COMPETITORS,
            i -> {
              store().advance(lease, DueOutcome.started(runs.get(i)));
              return runs.get(i);
            });

    RunKey winner = outcomes.onlyWinner(AlreadyExistsException.class);
    assertThat(history(schedule.key()))
        .singleElement()
        .satisfies(run -> assertThat(run.run()).contains(winner));
    for (AlreadyExistsException loser : outcomes.losers(AlreadyExistsException.class)) {
      assertThat(loser.existing(ScheduleRun.class).run()).contains(winner);
    }
    assertThat(store().find(schedule.key()).orElseThrow().nextDueAt()).isEqualTo(lease.nextDueAt());
  }

  @Test
  @Scenario("SC-09")
  void advance_recordsTheOutcomeAndSetsTheNextDueTime() {
    for (DueOutcome outcome :
        List.of(
            DueOutcome.started(startedRun()),
            DueOutcome.skipped("the last run is open — 注文"),
            DueOutcome.failed("no such task queue"))) {
      Schedule schedule = dueSince(Duration.ofMinutes(30));
      ScheduleLease lease = claimedOne();
      Instant before = databaseNow();

      store().advance(lease, outcome);

      Schedule moved = store().find(schedule.key()).orElseThrow();
      assertThat(moved.lastDueAt()).contains(lease.dueAt());
      assertThat(moved.nextDueAt()).contains(lease.dueAt().plus(HOUR));
      assertThat(moved.version()).isEqualTo(1);
      ScheduleRun run = history(schedule.key()).getFirst();
      assertThat(run.dueAt()).isEqualTo(lease.dueAt());
      assertThat(moved.lastResult()).isEqualTo(run.result());
      switch (outcome) {
        case DueOutcome.Started started -> {
          assertThat(run.run()).contains(started.run());
          assertThat(run.startedAt().orElseThrow()).isBetween(before, databaseNow());
          assertThat(run.result()).isEmpty();
          assertThat(run.completedAt()).isEmpty();
        }
        case DueOutcome.Skipped skipped ->
            assertEnded(run, ScheduleResult.SKIPPED, skipped.reason());
        case DueOutcome.Failed failed -> assertEnded(run, ScheduleResult.FAILED, failed.reason());
      }
    }
  }

  private static void assertEnded(ScheduleRun run, ScheduleResult result, String message) {
    assertThat(run.run()).isEmpty();
    assertThat(run.startedAt()).isEmpty();
    assertThat(run.result()).contains(result);
    assertThat(run.completedAt()).isPresent();
    assertThat(run.message()).isEqualTo(message);
  }

  @Test
  @Scenario("SC-10")
  void advance_again_changesNothing() {
    for (DueOutcome outcome :
        List.of(
            DueOutcome.started(newRun()),
            DueOutcome.skipped("the last run is open"),
            DueOutcome.failed("no such task queue"))) {
      Schedule schedule = dueSince(Duration.ofMinutes(30));
      ScheduleLease lease = claimedOne();
      store().advance(lease, outcome);
      if (outcome instanceof DueOutcome.Started started) {
        store().recordResult(started.run(), ScheduleResult.TIMED_OUT, "too slow");
      }
      Schedule moved = store().find(schedule.key()).orElseThrow();
      List<ScheduleRun> recorded = history(schedule.key());

      store().advance(lease, outcome);

      assertThat(store().find(schedule.key())).contains(moved);
      assertThat(history(schedule.key())).isEqualTo(recorded).hasSize(1);
      thrownBy(
          AlreadyExistsException.class,
          () -> store().advance(lease, DueOutcome.failed("something else")));
    }
  }

  @Test
  @Scenario("SC-15")
  void claimDue_dropsDueTimesMissedByMoreThanTheWindow() {
    ScheduleDefinition definition =
        Samples.schedule(ScheduleSpec.interval(Duration.ofMinutes(10))).catchUpWindow(HOUR).build();
    Schedule schedule = dueSince(definition, Duration.ofMinutes(125));
    Instant first = schedule.nextDueAt().orElseThrow();

    List<Instant> due = new ArrayList<>();
    List<DueSchedule> claimed = claim("scheduler-a", LONG);
    while (!claimed.isEmpty()) {
      ScheduleLease lease = claimed.getFirst().lease();
      assertThat(claimed.getFirst().schedule().nextDueAt()).contains(lease.dueAt());
      due.add(lease.dueAt());
      skip(lease);
      claimed = claim("scheduler-a", LONG);
    }

    // 55, 45, 35, 25, 15 and 5 minutes ago.
    assertThat(due)
        .isEqualTo(
            IntStream.rangeClosed(7, 12).mapToObj(i -> first.plusSeconds(600L * i)).toList());
    ScheduleRun missed = history(schedule.key()).getLast();
    assertThat(missed.dueAt()).isEqualTo(first);
    assertEnded(missed, ScheduleResult.MISSED, missed.message());
    assertThat(missed.message()).isNotBlank();
    assertThat(history(schedule.key())).hasSize(1 + due.size());
  }

  @Test
  @Scenario("SC-15")
  void claimDue_whenAllDueTimesWereMissed_leasesNone() {
    ScheduleDefinition definition =
        Samples.schedule(Samples.hourly().spec()).catchUpWindow(Duration.ofSeconds(10)).build();
    Schedule missed = dueSince(definition, Duration.ofMinutes(150));

    assertThat(claim("scheduler-a", LONG)).isEmpty();

    assertThat(store().find(missed.key()).orElseThrow().nextDueAt())
        .contains(missed.nextDueAt().orElseThrow().plus(HOUR.multipliedBy(3)));
    assertThat(history(missed.key()))
        .extracting(ScheduleRun::result)
        .containsExactly(Optional.of(ScheduleResult.MISSED));
  }

  @Test
  @Scenario("SC-15")
  void claimDue_afterAYearOfEveryMinute_skipsMissedDueTimes() {
    ScheduleDefinition minutely =
        Samples.schedule(ScheduleSpec.cron("* * * * *", "Europe/Berlin"))
            .catchUpWindow(Duration.ofMinutes(2))
            .build();
    Schedule schedule = created(minutely);
    database().ageSchedule(schedule.key(), Duration.ofDays(400));
    Instant before = databaseNow();

    ScheduleLease lease = claimedOne();

    assertThat(lease.dueAt()).isBetween(before.minus(Duration.ofMinutes(2)), databaseNow());
    assertThat(lease.nextDueAt()).contains(lease.dueAt().plusSeconds(60));
  }

  @Test
  @Scenario("SC-20")
  void advance_whenLeaseHasExpired_isRefused() {
    ScheduleLease expired = expiredLease();

    assertThat(lost(expired)).isEqualTo(Reason.EXPIRED);

    assertThat(history(expired.schedule())).isEmpty();
    assertThat(claimedOne().dueAt()).isEqualTo(expired.dueAt());
  }

  @Test
  @Scenario("SC-20")
  void advance_whenTakenOver_isRefusedAndKeepsTheNewLease() {
    ScheduleLease former = expiredLease();
    ScheduleLease taken = claimedOne();

    assertThat(lost(former)).isEqualTo(Reason.TAKEN_OVER);

    assertThat(history(former.schedule())).isEmpty();
    skip(taken);
    assertThat(history(former.schedule())).hasSize(1);
  }

  @Test
  @Scenario("SC-20")
  void advance_whenScheduleIsMissing_isRefused() {
    dueSince(Duration.ofMinutes(30));
    ScheduleLease lease = claimedOne();
    store().delete(lease.schedule());

    assertThat(lost(lease)).isEqualTo(Reason.GONE);

    assertThat(history(lease.schedule())).isEmpty();
    RunKey elsewhere = RunKey.create(newNamespace(), "w");
    thrownBy(
        InvalidRequestException.class, () -> store().advance(lease, DueOutcome.started(elsewhere)));
  }

  @Test
  @Scenario("SC-20")
  void advance_underAForgedLease_isRefused() {
    dueSince(Duration.ofMinutes(30));
    ScheduleLease lease = claimedOne();

    ScheduleLease forged =
        new ScheduleLease(
            lease.schedule(),
            UUID.randomUUID(),
            lease.owner(),
            lease.dueAt(),
            lease.nextDueAt(),
            lease.expiresAt());

    assertThat(lost(forged)).isEqualTo(Reason.TAKEN_OVER);
    skip(lease);
  }
}
