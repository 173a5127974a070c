package io.odin.persistence.tck.repetition;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Repeated writes of schedules. */
public abstract class ScheduleRepetitionTck extends AbstractRepetitionTck {

  /** For backends. */
  protected ScheduleRepetitionTck() {}

  @Override
  Set<Class<?>> stores() {
    return Set.of(ScheduleStore.class);
  }

  @Override
  Set<String> reads() {
    return Set.of("find", "findByName", "findAll", "list", "dueTimes", "history", "pending");
  }

  @Override
  Map<String, String> exceptions() {
    return Map.of(
        "ScheduleStore.claimDue(String, Duration, int)",
        "claims other due times; the first ones are due again when their leases expire",
        "ScheduleStore.trimHistory(ScheduleKey, int, int)",
        "housekeeping; counts what this call has done");
  }

  private ScheduleStore store() {
    return persistence().schedules();
  }

  private static ScheduleDefinition every(int hours) {
    return Samples.schedule(ScheduleSpec.interval(Duration.ofHours(hours))).build();
  }

  private NewSchedule newSchedule(String name) {
    return NewSchedule.of(ScheduleKey.create(namespace()), name, Samples.hourly());
  }

  private ScheduleKey stored(String name) {
    return store().create(newSchedule(name)).key();
  }

  private Schedule find(ScheduleKey key) {
    return store().find(key).orElseThrow();
  }

  private RepeatedWrite write(
      String method, ScheduleKey key, Function<ScheduleStore, @Nullable Object> send) {
    return RepeatedWrite.of(
        "ScheduleStore." + method,
        database().commitRequest(),
        stores -> send.apply(stores.schedules()),
        () -> List.of(store().find(key), store().history(key, PageRequest.first(10))));
  }

  private RepeatedWrite update(ScheduleKey key) {
    return write(
        "update(ScheduleKey, ScheduleDefinition, long)", key, to -> to.update(key, every(2), 1));
  }

  @Override
  List<RepeatedWrite> writes() {
    NewSchedule created = newSchedule("created");
    ScheduleKey updated = stored("updated");
    ScheduleKey updatedAndDeleted = stored("updated and deleted");
    return List.of(
        write("create(NewSchedule)", created.key(), to -> to.create(created))
            .then(() -> store().update(created.key(), every(3), 1))
            .answers(answer -> assertThat(answer).isEqualTo(find(created.key()))),
        update(updated)
            .then(() -> store().update(updated, every(3), 2))
            .answers(answer -> assertThat(answer).isEqualTo(find(updated))),
        update(updatedAndDeleted).then(() -> store().delete(updatedAndDeleted)).saysApplied(),
        pause(),
        resume(),
        trigger(),
        backfill(),
        delete(),
        advance(),
        recordResult());
  }

  /** Sets a state: the repetition sets the same one. */
  private RepeatedWrite pause() {
    ScheduleKey key = stored("paused");
    return write("pause(ScheduleKey, String)", key, to -> to.pause(key, "why"))
        .answers(answer -> assertThat(answer).isEqualTo(find(key)));
  }

  /** Sets a state: the repetition sets the same one. */
  private RepeatedWrite resume() {
    ScheduleKey key = stored("resumed");
    store().pause(key, "why");
    return write("resume(ScheduleKey)", key, to -> to.resume(key))
        .answers(answer -> assertThat(answer).isEqualTo(find(key)));
  }

  private RepeatedWrite trigger() {
    ScheduleKey key = stored("triggered");
    UUID request = UUID.randomUUID();
    return write("trigger(ScheduleKey, UUID)", key, to -> to.trigger(key, request))
        .then(() -> store().advance(claimed(key), DueOutcome.skipped("triggered")))
        .answers(answer -> assertThat(answer).isEqualTo(find(key)));
  }

  private RepeatedWrite backfill() {
    ScheduleKey key = stored("filled");
    UUID request = UUID.randomUUID();
    Instant to = find(key).createdAt();
    return write(
            "backfill(ScheduleKey, Instant, Instant, UUID)",
            key,
            schedules -> schedules.backfill(key, to.minus(Duration.ofHours(2)), to, request))
        .then(
            () -> {
              store().advance(claimed(key), DueOutcome.skipped("filled"));
              store().trimHistory(key, 0, 10);
            })
        .answers(answer -> assertThat(answer).isEqualTo(find(key)));
  }

  private RepeatedWrite delete() {
    ScheduleKey key = stored("deleted");
    return write(
            "delete(ScheduleKey)",
            key,
            to -> {
              to.delete(key);
              return null;
            })
        .then(() -> stored("deleted"));
  }

  private ScheduleLease due(String name) {
    ScheduleKey key = stored(name);
    database().ageSchedule(key, Duration.ofMinutes(150));
    return claimed(key);
  }

  private ScheduleLease claimed(ScheduleKey key) {
    return store().claimDue("scheduler", LONG, 1000).stream()
        .map(DueSchedule::lease)
        .filter(lease -> lease.schedule().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private RepeatedWrite advance() {
    ScheduleLease lease = due("advanced");
    ScheduleKey key = lease.schedule();
    RunKey run = newRun();
    return write(
            "advance(ScheduleLease, DueOutcome)",
            key,
            to -> {
              to.advance(lease, DueOutcome.started(run));
              return null;
            })
        .then(
            () -> {
              store().recordResult(run, ScheduleResult.COMPLETED, "");
              store().advance(claimed(key), DueOutcome.skipped("the next one"));
            });
  }

  private RepeatedWrite recordResult() {
    ScheduleLease lease = due("recorded");
    RunKey run = newRun();
    store().advance(lease, DueOutcome.started(run));
    return write(
            "recordResult(RunKey, ScheduleResult, String)",
            lease.schedule(),
            to -> to.recordResult(run, ScheduleResult.COMPLETED, ""))
        .answers(answer -> assertThat(answer).isEqualTo(false));
  }
}
