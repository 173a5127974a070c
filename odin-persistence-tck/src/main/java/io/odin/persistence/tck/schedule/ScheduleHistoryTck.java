package io.odin.persistence.tck.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.tck.database.CommitPart;
import io.odin.persistence.tck.database.DeleteRecorder;
import io.odin.persistence.tck.database.WriteFailure;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The history of schedules, which outlives the runs. */
public abstract class ScheduleHistoryTck extends AbstractScheduleTck {

  /** For backends. */
  protected ScheduleHistoryTck() {}

  private List<ScheduleRun> pending() {
    return allPages(10, page -> store().pending(namespace(), page));
  }

  /** The lease of a due time of a new schedule whose run was started. */
  private ScheduleLease started(RunKey run) {
    dueSince(Duration.ofMinutes(30));
    ScheduleLease lease = claimedOne();
    store().advance(lease, DueOutcome.started(run));
    return lease;
  }

  /** A schedule with a number of records, a minute apart. */
  private Schedule scheduleWithHistory(int records) {
    ScheduleDefinition minutely =
        Samples.schedule(ScheduleSpec.interval(Duration.ofMinutes(1))).build();
    Schedule schedule = dueSince(minutely, Duration.ofMinutes(records).minusSeconds(30));
    for (int i = 0; i < records; i++) {
      skip(claimedOne());
    }
    return schedule;
  }

  @Test
  @Scenario("SC-12")
  void recordResult_endsThePendingRecord() {
    RunKey run = newRun();
    ScheduleLease lease = started(run);
    started(newRun());
    assertThat(pending()).hasSize(2);
    Instant before = databaseNow();

    boolean recorded = store().recordResult(run, ScheduleResult.FAILED, "no stock — 注文");

    assertThat(recorded).isTrue();
    assertThat(pending()).hasSize(1).noneMatch(each -> each.run().equals(Optional.of(run)));
    ScheduleRun record = history(lease.schedule()).getFirst();
    assertThat(record.run()).contains(run);
    assertThat(record.result()).contains(ScheduleResult.FAILED);
    assertThat(record.message()).isEqualTo("no stock — 注文");
    assertThat(record.completedAt().orElseThrow()).isBetween(before, databaseNow());
    assertThat(store().find(lease.schedule()).orElseThrow().lastResult())
        .contains(ScheduleResult.FAILED);
  }

  @Test
  @Scenario("SC-12")
  void recordResult_again_isIgnored() {
    RunKey run = newRun();
    ScheduleLease lease = started(run);
    store().recordResult(run, ScheduleResult.COMPLETED, "");
    List<ScheduleRun> before = history(lease.schedule());

    assertThat(store().recordResult(run, ScheduleResult.FAILED, "late")).isFalse();
    assertThat(store().recordResult(newRun(), ScheduleResult.FAILED, "unknown")).isFalse();

    assertThat(history(lease.schedule())).isEqualTo(before);
    assertThat(store().find(lease.schedule()).orElseThrow().lastResult())
        .contains(ScheduleResult.COMPLETED);
  }

  @Test
  @Scenario("SC-12")
  void recordResult_byMany_succeedsOnce() {
    RunKey run = newRun();
    ScheduleLease lease = started(run);

    List<Boolean> recorded =
        Concurrently.run(
                Concurrently.COMPETITORS,
                i -> store().recordResult(run, ScheduleResult.CANCELED, "by " + i))
            .allSucceeded();

    assertThat(recorded.stream().filter(done -> done)).hasSize(1);
    assertThat(history(lease.schedule())).hasSize(1);
  }

  @Test
  @Scenario("SC-12")
  void recordResult_ofAnEarlierDueTime_keepsTheLastOne() {
    Schedule schedule = dueSince(Duration.ofMinutes(90));
    RunKey earlier = newRun();
    store().advance(claimedOne(), DueOutcome.started(earlier));
    RunKey later = newRun();
    store().advance(claimedOne(), DueOutcome.started(later));

    assertThat(store().recordResult(earlier, ScheduleResult.COMPLETED, "")).isTrue();

    assertThat(store().find(schedule.key()).orElseThrow().lastResult()).isEmpty();
    assertThat(pending()).singleElement().satisfies(run -> assertThat(run.run()).contains(later));
  }

  @Test
  @Scenario("SC-12")
  void recordResult_ofARunThatWasNotStarted_isRefused() {
    for (ScheduleResult result : List.of(ScheduleResult.SKIPPED, ScheduleResult.MISSED)) {
      thrownBy(InvalidRequestException.class, () -> store().recordResult(newRun(), result, "why"));
    }
  }

  @Test
  @Scenario("SC-16")
  void trimHistory_deletesTheOldestInBoundedSteps() {
    Schedule schedule = scheduleWithHistory(1000);
    List<ScheduleRun> all = history(schedule.key());
    Schedule other = scheduleWithHistory(3);

    for (int left = 800; left >= 200; left -= 200) {
      assertThat(store().trimHistory(schedule.key(), 100, 200)).isEqualTo(200);
      assertThat(history(schedule.key())).isEqualTo(all.subList(0, left));
    }
    assertThat(store().trimHistory(schedule.key(), 100, 200)).isEqualTo(100);

    assertThat(history(schedule.key())).isEqualTo(all.subList(0, 100));
    assertThat(store().trimHistory(schedule.key(), 100, 200)).isZero();
    assertThat(history(other.key())).hasSize(3);
  }

  @Test
  @Scenario("SC-16")
  void trimHistory_ofFewerThanAreKept_changesNothing() {
    Schedule schedule = scheduleWithHistory(3);

    assertThat(store().trimHistory(schedule.key(), 4, 200)).isZero();
    assertThat(store().trimHistory(schedule.key(), 3, 200)).isZero();
    assertThat(history(schedule.key())).hasSize(3);
    assertThat(store().trimHistory(schedule.key(), 0, 200)).isEqualTo(3);
    assertThat(history(schedule.key())).isEmpty();
    thrownBy(InvalidRequestException.class, () -> store().trimHistory(schedule.key(), -1, 200));
  }

  @Test
  @Scenario("SC-16")
  void trimHistory_keepsRecordsWithoutAResult() {
    RunKey run = newRun();
    Schedule schedule = dueSince(Duration.ofMinutes(210));
    store().advance(claimedOne(), DueOutcome.started(run));
    skip(claimedOne());
    skip(claimedOne());
    skip(claimedOne());

    assertThat(store().trimHistory(schedule.key(), 1, 200)).isEqualTo(2);
    assertThat(store().trimHistory(schedule.key(), 1, 200)).isZero();

    assertThat(history(schedule.key())).hasSize(2);
    assertThat(pending()).singleElement().satisfies(each -> assertThat(each.run()).contains(run));
    assertThat(store().recordResult(run, ScheduleResult.COMPLETED, "")).isTrue();
    assertThat(store().trimHistory(schedule.key(), 1, 200)).isEqualTo(1);
    assertThat(history(schedule.key())).hasSize(1).noneMatch(each -> each.run().isPresent());
  }

  @Test
  @Scenario("SC-07")
  void delete_ofALongHistory_deletesChunksAndThenTheSchedule() {
    Schedule schedule = scheduleWithHistory(1_100);
    List<ScheduleRun> all = history(schedule.key());

    try (DeleteRecorder deletes = database().recordDeletes(CommitPart.SCHEDULE_RUN)) {
      database()
          .failWrites(CommitPart.SCHEDULE, WriteFailure.BROKEN)
          .during(
              () ->
                  assertThat(
                          thrownBy(
                                  BackendFailureException.class,
                                  () -> store().delete(schedule.key()))
                              .outcome())
                      .isEqualTo(Outcome.PARTLY_APPLIED));
      assertThat(store().find(schedule.key())).isPresent();
      assertThat(history(schedule.key())).isEqualTo(all.subList(0, 100));

      store().delete(schedule.key());

      assertThat(deletes.total()).isEqualTo(1_100);
      assertThat(deletes.largestTransaction()).isLessThanOrEqualTo(1_000);
    }
    assertThat(store().find(schedule.key())).isEmpty();
    assertThat(history(schedule.key())).isEmpty();
  }

  @Test
  @Scenario("SC-17")
  void history_outlivesTheRuns() {
    RunKey run = startedRun();
    ScheduleLease lease = started(run);
    List<ScheduleRun> before = history(lease.schedule());
    commit(Samples.close(run, 1, WorkflowState.COMPLETED));

    persistence().executions().delete(run, acquireShardFor(run.workflowId()));

    assertThat(persistence().executions().find(run)).isEmpty();
    assertThat(history(lease.schedule())).isEqualTo(before).hasSize(1);
    assertThat(store().recordResult(run, ScheduleResult.COMPLETED, "")).isTrue();
  }

  @Test
  @Scenario("SC-17")
  void history_isOrderedLatestFirst() {
    Schedule schedule = scheduleWithHistory(25);

    assertThat(allPages(10, page -> store().history(schedule.key(), page)))
        .hasSize(25)
        .extracting(ScheduleRun::dueAt)
        .isSortedAccordingTo(Comparator.reverseOrder());
  }
}
