package io.odin.persistence.tck.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LeaseLostException.Reason;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Due times that are requested: now, and those of a past interval. */
public abstract class ScheduleRequestsTck extends AbstractScheduleTck {

  /** For backends. */
  protected ScheduleRequestsTck() {}

  private Schedule find(ScheduleKey schedule) {
    return store().find(schedule).orElseThrow();
  }

  private Schedule trigger(Schedule schedule) {
    return store().trigger(schedule.key(), UUID.randomUUID());
  }

  private Schedule backfill(Schedule schedule, Instant from, Instant to) {
    return store().backfill(schedule.key(), from, to, UUID.randomUUID());
  }

  /** The due times in the order in which they are claimed, each with an outcome. */
  private List<Instant> skipAll() {
    List<Instant> due = new ArrayList<>();
    List<DueSchedule> claimed = claim("scheduler-a", LONG);
    while (!claimed.isEmpty()) {
      for (DueSchedule each : claimed) {
        due.add(each.lease().dueAt());
        skip(each.lease());
      }
      claimed = claim("scheduler-a", LONG);
    }
    return due;
  }

  private static List<Instant> hoursBefore(Instant end, int... hours) {
    return IntStream.of(hours).mapToObj(hour -> end.minus(HOUR.multipliedBy(hour))).toList();
  }

  private void assertRefused(String field, ThrowingCallable call) {
    InvalidRequestException refused = thrownBy(InvalidRequestException.class, call);
    assertThat(refused.field()).isEqualTo(field);
  }

  @Test
  @Scenario("SC-26")
  void trigger_isDueAtOnceAndOnce() {
    Schedule schedule = created(Samples.hourly());
    Instant before = databaseNow();

    Schedule triggered = trigger(schedule);

    Instant now = triggered.nextDueAt().orElseThrow();
    assertThat(now).isBetween(before, databaseNow());
    assertThat(triggered.requestedAt()).containsExactly(now);
    assertThat(triggered.version()).isEqualTo(schedule.version());
    assertThat(find(schedule.key())).isEqualTo(triggered);
    ScheduleLease lease = claimedOne();
    assertThat(lease.dueAt()).isEqualTo(now);
    assertThat(lease.nextDueAt()).isEqualTo(schedule.nextDueAt());
    store().advance(lease, DueOutcome.started(newRun()));
    Schedule after = find(schedule.key());
    assertThat(after.nextDueAt()).isEqualTo(schedule.nextDueAt());
    assertThat(after.lastDueAt()).contains(now);
    assertThat(after.requestedAt()).isEmpty();
    assertThat(history(schedule.key())).extracting(ScheduleRun::dueAt).containsExactly(now);
    assertThat(claim("scheduler-a", LONG)).isEmpty();
  }

  @Test
  @Scenario("SC-26")
  void trigger_again_hasNoEffect() {
    ScheduleKey key = created(Samples.hourly()).key();
    UUID request = UUID.randomUUID();
    Schedule triggered = store().trigger(key, request);

    assertThat(store().trigger(key, request)).isEqualTo(triggered);
    skip(claimedOne());
    Schedule after = find(key);
    assertThat(store().trigger(key, request)).isEqualTo(after);
    assertThat(claim("scheduler-a", LONG)).isEmpty();
    Concurrently.run(Concurrently.COMPETITORS, i -> store().trigger(key, new UUID(7, 7)))
        .allSucceeded();
    assertThat(find(key).requestedAt()).hasSize(1);
  }

  @Test
  @Scenario("SC-26")
  void triggers_byMany_areClaimedOnceEach() {
    Schedule schedule = created(Samples.hourly());

    Concurrently.run(Concurrently.COMPETITORS, i -> trigger(schedule)).allSucceeded();

    List<Instant> requested = find(schedule.key()).requestedAt();
    assertThat(requested).hasSize(Concurrently.COMPETITORS).doesNotHaveDuplicates().isSorted();
    List<Instant> started = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              Concurrently.run(Concurrently.COMPETITORS, i -> startDue("scheduler-" + i))
                  .allSucceeded()
                  .forEach(started::addAll);
              assertThat(find(schedule.key()).requestedAt()).isEmpty();
            });
    assertThat(started).containsExactlyInAnyOrderElementsOf(requested);
    assertThat(history(schedule.key())).hasSize(Concurrently.COMPETITORS);
    assertThat(find(schedule.key()).nextDueAt()).isEqualTo(schedule.nextDueAt());
  }

  private List<Instant> startDue(String owner) {
    return claim(owner, LONG).stream()
        .map(DueSchedule::lease)
        .map(
            lease -> {
              store().advance(lease, DueOutcome.started(newRun()));
              return lease.dueAt();
            })
        .toList();
  }

  @Test
  @Scenario("SC-26")
  void trigger_precedesWhatWaits_andEndsItsClaim() {
    Schedule late = dueSince(Duration.ofMinutes(90));
    Instant first = late.nextDueAt().orElseThrow();
    ScheduleLease lease = claimedOne();

    Instant now = trigger(late).requestedAt().getFirst();

    LeaseLostException lost = thrownBy(LeaseLostException.class, () -> skip(lease));
    assertThat(lost.reason()).isEqualTo(Reason.GONE);
    assertThat(skipAll()).containsExactly(now, first, first.plus(HOUR));
    assertThat(find(late.key()).nextDueAt()).contains(first.plus(HOUR.multipliedBy(2)));
  }

  @Test
  @Scenario("SC-26")
  void trigger_takesAnAction() {
    Schedule schedule =
        created(Samples.schedule(ScheduleSpec.interval(HOUR)).maximumActions(1).build());
    trigger(schedule);

    store().advance(claimedOne(), DueOutcome.started(newRun()));

    assertThat(find(schedule.key()).remainingActions()).hasValue(0);
    assertThat(find(schedule.key()).nextDueAt()).isEmpty();
    assertRefused("schedule", () -> trigger(schedule));
  }

  @Test
  @Scenario("SC-26")
  void trigger_ofAScheduleThatHasEnded_isDue() {
    Schedule ended =
        created(Samples.schedule(ScheduleSpec.interval(HOUR)).endAt(databaseNow()).build());
    assertThat(ended.nextDueAt()).isEmpty();

    Schedule triggered = trigger(ended);

    assertThat(skipAll()).isEqualTo(triggered.requestedAt()).hasSize(1);
    assertThat(find(ended.key()).nextDueAt()).isEmpty();
  }

  @Test
  @Scenario("SC-26")
  void trigger_ofAPausedOrMissingSchedule_isRefused() {
    Schedule schedule = created(Samples.hourly());
    store().pause(schedule.key(), "the shop moves");

    assertRefused("schedule", () -> trigger(schedule));
    assertRefused("schedule", () -> backfill(schedule, Instant.EPOCH, Instant.EPOCH));

    store().resume(schedule.key());
    assertThat(find(schedule.key()).requestedAt()).isEmpty();
    thrownBy(
        NotFoundException.class,
        () -> store().trigger(ScheduleKey.create(namespace()), UUID.randomUUID()));
  }

  @Test
  @Scenario("SC-26")
  void anUpdate_dropsWhatWasRequested() {
    Schedule schedule = created(Samples.hourly());
    Instant now = trigger(schedule).requestedAt().getFirst();

    Schedule updated = store().update(schedule.key(), fullDefinition(), 1);

    assertThat(updated.requestedAt()).isEmpty();
    assertThat(history(schedule.key())).extracting(ScheduleRun::dueAt).containsExactly(now);
    assertThat(history(schedule.key()).getFirst().result()).contains(ScheduleResult.MISSED);
  }

  @Test
  @Scenario("SC-27")
  void backfill_claimsThePastDueTimesInOrder() {
    Schedule schedule = created(Samples.hourly());
    Instant created = schedule.createdAt();

    Schedule filled = backfill(schedule, created.minus(HOUR.multipliedBy(4)), created);

    assertThat(filled.requestedAt()).isEqualTo(hoursBefore(created, 4, 3, 2, 1, 0));
    assertThat(filled.nextDueAt()).contains(created.minus(HOUR.multipliedBy(4)));
    assertThat(claim("scheduler-a", LONG)).hasSize(1);
    assertThat(claim("scheduler-b", LONG)).isEmpty();
    // The claim ends, since a due time before it is requested.
    backfill(schedule, created.minus(HOUR.multipliedBy(5)), created);
    assertThat(skipAll()).isEqualTo(hoursBefore(created, 5, 4, 3, 2, 1, 0));
    assertThat(find(schedule.key()).nextDueAt()).isEqualTo(schedule.nextDueAt());
    assertThat(history(schedule.key())).hasSize(6);
  }

  @Test
  @Scenario("SC-27")
  void backfill_again_requestsNothingThatHasAnOutcome() {
    Schedule schedule = created(Samples.hourly());
    Instant from = schedule.createdAt().minus(HOUR.multipliedBy(2));
    UUID request = UUID.randomUUID();
    Concurrently.run(
            Concurrently.COMPETITORS,
            i -> store().backfill(schedule.key(), from, schedule.createdAt(), request))
        .allSucceeded();
    assertThat(skipAll()).hasSize(3);
    Schedule after = find(schedule.key());

    assertThat(store().backfill(schedule.key(), from, schedule.createdAt(), request))
        .isEqualTo(after);
    assertThat(backfill(schedule, from, schedule.createdAt())).isEqualTo(after);
    assertThat(backfill(schedule, from.minus(HOUR), schedule.createdAt()).requestedAt())
        .containsExactly(from.minus(HOUR));
  }

  @Test
  @Scenario("SC-27")
  void backfill_requestsWhatWasMissed() {
    Schedule missed =
        dueSince(
            Samples.schedule(ScheduleSpec.interval(HOUR))
                .catchUpWindow(Duration.ofSeconds(10))
                .build(),
            Duration.ofMinutes(150));
    Instant first = missed.nextDueAt().orElseThrow();
    assertThat(claim("scheduler-a", LONG)).isEmpty();
    assertThat(history(missed.key())).hasSize(1);

    Schedule filled = backfill(missed, first, databaseNow());

    assertThat(filled.requestedAt())
        .containsExactly(first, first.plus(HOUR), first.plus(HOUR.multipliedBy(2)));
    assertThat(skipAll()).isEqualTo(filled.requestedAt());
    assertThat(history(missed.key()))
        .extracting(ScheduleRun::result)
        .containsOnly(Optional.of(ScheduleResult.SKIPPED))
        .hasSize(3);
  }

  @Test
  @Scenario("SC-27")
  void backfill_leavesOutWhatIsClaimedAnyway() {
    Schedule late = dueSince(Duration.ofMinutes(90));
    Instant first = late.nextDueAt().orElseThrow();

    Schedule filled = backfill(late, first.minus(HOUR), databaseNow().plus(Duration.ofDays(1)));

    assertThat(filled.requestedAt()).containsExactly(first.minus(HOUR));
    assertThat(skipAll()).containsExactly(first.minus(HOUR), first, first.plus(HOUR));
    assertThat(
            backfill(
                    late,
                    first.plus(HOUR.multipliedBy(2)),
                    Samples.ENDED.plus(HOUR.multipliedBy(1_000_000)))
                .requestedAt())
        .isEmpty();
  }

  @Test
  @Scenario("SC-27")
  void backfill_ofMoreThanTheMaximum_isRefused() {
    Schedule schedule = created(Samples.hourly());
    Instant to = schedule.createdAt();

    assertRefused("to", () -> backfill(schedule, to.minus(HOUR.multipliedBy(1000)), to));
    assertRefused("to", () -> backfill(schedule, to, to.minusSeconds(1)));
    assertThat(find(schedule.key())).isEqualTo(schedule);

    Schedule filled = backfill(schedule, to.minus(HOUR.multipliedBy(999)), to);
    assertThat(filled.requestedAt()).hasSize(1000);
    Stream.<ThrowingCallable>of(
            () -> trigger(schedule),
            () ->
                backfill(
                    schedule, to.minus(HOUR.multipliedBy(1001)), to.minus(HOUR.multipliedBy(1000))))
        .forEach(call -> assertRefused("schedule", call));
    assertThat(find(schedule.key())).isEqualTo(filled);
  }
}
