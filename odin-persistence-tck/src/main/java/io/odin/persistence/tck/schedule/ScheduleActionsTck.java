package io.odin.persistence.tck.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A limited number of actions. */
public abstract class ScheduleActionsTck extends AbstractScheduleTck {

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  /** For backends. */
  protected ScheduleActionsTck() {}

  private static ScheduleDefinition atMost(long actions) {
    return Samples.schedule(ScheduleSpec.interval(TEN_MINUTES)).maximumActions(actions).build();
  }

  private Schedule find(ScheduleKey schedule) {
    return store().find(schedule).orElseThrow();
  }

  private void start(ScheduleLease lease) {
    store().advance(lease, DueOutcome.started(newRun()));
  }

  @Test
  @Scenario("SC-25")
  void actions_areCountedByStartedRuns_andTheLastOneEndsTheDueTimes() {
    ScheduleKey key = dueSince(atMost(2), Duration.ofMinutes(125)).key();
    assertThat(find(key).remainingActions()).hasValue(2);

    start(claimedOne());
    assertThat(find(key).remainingActions()).hasValue(1);
    skip(claimedOne());
    store().advance(claimedOne(), DueOutcome.failed("no such queue"));
    assertThat(find(key).remainingActions()).hasValue(1);
    RunKey last = newRun();
    persistence()
        .executions()
        .commit(transaction(Samples.create(last)).advances(claimedOne()).build());

    Schedule ended = find(key);
    assertThat(ended.remainingActions()).hasValue(0);
    assertThat(ended.nextDueAt()).isEmpty();
    assertThat(ended.definition().maximumActions()).hasValue(2);
    assertThat(history(key)).hasSize(4);
    assertThat(claim("scheduler-a", LONG)).isEmpty();
    store().pause(key, "why");
    assertThat(store().resume(key).nextDueAt()).isEmpty();
  }

  @Test
  @Scenario("SC-25")
  void actions_withoutALimit_areNotCounted() {
    Schedule schedule = dueSince(Duration.ofMinutes(30));
    assertThat(schedule.remainingActions()).isEmpty();

    start(claimedOne());

    assertThat(find(schedule.key()).remainingActions()).isEmpty();
    assertThat(find(schedule.key()).nextDueAt()).isPresent();
  }

  @Test
  @Scenario("SC-25")
  void anUpdate_thatChangesTheMaximum_countsAgain() {
    ScheduleKey key = dueSince(atMost(2), Duration.ofMinutes(15)).key();
    start(claimedOne());

    Schedule same =
        store()
            .update(
                key, Samples.schedule(ScheduleSpec.interval(HOUR)).maximumActions(2).build(), 1);
    assertThat(same.remainingActions()).hasValue(1);
    Schedule more = store().update(key, atMost(5), 2);
    assertThat(more.remainingActions()).hasValue(5);
    Schedule unlimited = store().update(key, Samples.hourly(), 3);
    assertThat(unlimited.remainingActions()).isEqualTo(OptionalLong.empty());
  }

  @Test
  @Scenario("SC-25")
  void anUpdate_whenNoActionsRemain_isDueAgainWithAnotherMaximum() {
    ScheduleKey key = dueSince(atMost(1), Duration.ofMinutes(5)).key();
    start(claimedOne());

    Schedule ended =
        store()
            .update(
                key, Samples.schedule(ScheduleSpec.interval(HOUR)).maximumActions(1).build(), 1);
    assertThat(ended.nextDueAt()).isEmpty();
    Schedule again = store().update(key, atMost(3), 2);

    assertThat(again.nextDueAt()).isPresent();
    assertThat(again.remainingActions()).hasValue(3);
  }

  @Test
  @Scenario("SC-25")
  void oneDueTime_ofMany_takesOneAction() {
    ScheduleKey key = dueSince(atMost(5), Duration.ofMinutes(5)).key();
    ScheduleLease lease = claimedOne();
    RunKey run = newRun();

    Concurrently.run(
            Concurrently.COMPETITORS,
            i -> {
              store().advance(lease, DueOutcome.started(run));
              return run;
            })
        .allSucceeded();
    thrownBy(AlreadyExistsException.class, () -> start(lease));

    assertThat(find(key).remainingActions()).hasValue(4);
    assertThat(history(key)).hasSize(1);
  }

  /** Twelve due times wait; schedulers that compete for them start the maximum, and no more. */
  @Test
  @Scenario("SC-25")
  void actions_byManySchedulers_areNeverExceeded() {
    ScheduleKey key = dueSince(atMost(5), Duration.ofMinutes(125)).key();

    List<RunKey> started = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              Concurrently.run(Concurrently.COMPETITORS, i -> startOne("scheduler-" + i))
                  .allSucceeded()
                  .forEach(started::addAll);
              assertThat(find(key).remainingActions()).hasValue(0);
            });

    assertThat(started).hasSize(5);
    assertThat(find(key).nextDueAt()).isEmpty();
    assertThat(history(key))
        .extracting(ScheduleRun::run)
        .allSatisfy(run -> assertThat(started).contains(run.orElseThrow()))
        .hasSize(5);
  }

  private List<RunKey> startOne(String owner) {
    List<RunKey> started = new ArrayList<>();
    for (DueSchedule due : claim(owner, LONG)) {
      RunKey run = newRun();
      persistence()
          .executions()
          .commit(transaction(Samples.create(run)).advances(due.lease()).build());
      started.add(run);
    }
    return started;
  }
}
