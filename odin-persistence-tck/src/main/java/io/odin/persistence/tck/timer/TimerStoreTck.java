package io.odin.persistence.tck.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerStore;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reading the due timers that commits have set. */
public abstract class TimerStoreTck extends StoreTck {

  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");
  private static final Instant FAR_AWAY = Instant.parse("9000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
  private static final Comparator<WorkflowTimer> ORDER =
      Comparator.comparing(WorkflowTimer::fireAt)
          .thenComparing(timer -> timer.run().namespace().toString())
          .thenComparing(timer -> timer.run().workflowId())
          .thenComparing(timer -> timer.run().runId().toString())
          .thenComparing(WorkflowTimer::timerId);

  /** For backends. */
  protected TimerStoreTck() {}

  private TimerStore store() {
    return persistence().timers();
  }

  /** A lease on a shard that has only the timers of the test. */
  private ShardLease newLease() {
    return acquired(newShard(), "A", LONG);
  }

  private void commitUnder(ShardLease lease, RunChange change) {
    persistence().executions().commit(transaction(lease, change).build());
  }

  /** A stored run in the lease's shard with these timers. */
  private RunKey runWith(ShardLease lease, TimerUpsert... timers) {
    RunKey run = RunKey.create(namespace(), newWorkflowIdIn(lease.shardId()));
    CreateRun.Builder create = Samples.create(run, CreateMode.brandNew());
    List.of(timers).forEach(create::timer);
    commitUnder(lease, create.build());
    return run;
  }

  private static TimerUpsert timer(String timerId, Instant fireAt) {
    return new TimerUpsert(timerId, fireAt, Json.of("{\"timer\":\"" + timerId + "\"}"));
  }

  private List<WorkflowTimer> due(ShardLease lease) {
    return allPages(100, page -> store().due(lease, page));
  }

  private List<WorkflowTimer> due(ShardLease lease, Instant until) {
    return allPages(100, page -> store().due(lease, until, page));
  }

  @Test
  @Scenario("TI-01")
  void due_returnsDueTimersOnly() {
    ShardLease lease = newLease();
    RunKey run = runWith(lease, timer("t1", LONG_AGO), timer("t2", FAR_AWAY));

    List<WorkflowTimer> due = due(lease);

    assertThat(due).hasSize(1);
    WorkflowTimer first = due.getFirst();
    assertThat(first.run()).isEqualTo(run);
    assertThat(first.timerId()).isEqualTo("t1");
    assertThat(first.fireAt()).isEqualTo(LONG_AGO);
    assertThat(first.data()).isEqualTo(Json.of("{\"timer\":\"t1\"}"));
    assertThat(persistence().executions().find(run).orElseThrow().timers())
        .extracting(WorkflowTimer::timerId)
        .containsExactly("t1", "t2");
    assertThat(due(lease, FAR_AWAY)).hasSize(2);
    assertThat(due(lease, FAR_AWAY.minusSeconds(1))).isEqualTo(due);
  }

  /** A run with more timers than one commit may remove. */
  private RunKey runWithManyTimers(ShardLease lease) {
    RunKey run = RunKey.create(namespace(), newWorkflowIdIn(lease.shardId()));
    CreateRun.Builder create = Samples.create(run, CreateMode.brandNew());
    IntStream.range(0, 1000).forEach(i -> create.timer(timer("a" + i, LONG_AGO)));
    commitUnder(lease, create.build());
    UpdateRun.Builder update = Samples.update(run, 1);
    IntStream.range(0, 400).forEach(i -> update.timer(timer("b" + i, FAR_AWAY)));
    commitUnder(lease, update.build());
    return run;
  }

  @Test
  @Scenario("TI-09")
  void end_ofARun_removesAllOfItsTimers() {
    ShardLease lease = newLease();
    RunKey run = runWithManyTimers(lease);
    RunKey other = runWith(lease, timer("t", LONG_AGO));

    commitUnder(
        lease,
        UpdateRun.builder(run, 2, Samples.closed(WorkflowState.COMPLETED))
            .deleteTimer(new TimerDelete("a1", Optional.of(LONG_AGO)))
            .build());

    assertThat(persistence().executions().find(run).orElseThrow().timers()).isEmpty();
    assertThat(due(lease, LATEST)).extracting(WorkflowTimer::run).containsExactly(other);
  }

  @Test
  @Scenario("TI-09")
  void end_byAnotherStart_removesAllTimers() {
    ShardLease lease = newLease();
    RunKey run = runWithManyTimers(lease);
    RunKey next = RunKey.create(run.namespace(), run.workflowId());

    commitUnder(
        lease,
        Samples.create(
                next,
                CreateMode.byPolicy(
                    IdReusePolicy.ALLOW_DUPLICATE,
                    OpenRunPolicy.terminateExisting("Ended", Samples.ENDED, Json.emptyObject())))
            .timer(timer("n", LONG_AGO))
            .build());

    assertThat(due(lease, LATEST)).extracting(WorkflowTimer::run).containsExactly(next);
  }

  @Test
  @Scenario("TI-09")
  void change_thatClosesARunAndSetsATimer_isRefused() {
    RunKey run = newRun();
    RunState ended = Samples.closed(WorkflowState.FAILED);
    for (CreateMode mode : List.of(CreateMode.brandNew(), CreateMode.bypassCurrent())) {
      InvalidRequestException created =
          thrownBy(
              InvalidRequestException.class,
              () ->
                  CreateRun.builder(run, mode, Samples.definition(), ended)
                      .timer(timer("t", FAR_AWAY))
                      .build());
      assertThat(created.field()).isEqualTo("timers");
    }
    InvalidRequestException updated =
        thrownBy(
            InvalidRequestException.class,
            () -> UpdateRun.builder(run, 1, ended).timer(timer("t", FAR_AWAY)).build());
    assertThat(updated.field()).isEqualTo("timers");
  }

  @Test
  @Scenario("TI-01")
  void due_followsTheDatabasesClock() {
    ShardLease lease = newLease();
    Instant soon = databaseNow().plus(Duration.ofMillis(700));
    runWith(lease, timer("soon", soon));

    await().until(() -> !due(lease).isEmpty());

    assertThat(databaseNow()).isAfterOrEqualTo(soon);
  }

  @Test
  @Scenario("TI-01")
  void due_whenThereAreNoTimers_isEmpty() {
    assertThat(due(newLease())).isEmpty();
  }

  @Test
  @Scenario("TI-02")
  void due_isOrderedAndComplete() {
    ShardLease lease = newLease();
    List<TimerUpsert> timers =
        new ArrayList<>(
            IntStream.range(0, 25)
                .mapToObj(i -> timer("t-%02d".formatted(i), LONG_AGO.plusSeconds(i / 10)))
                .toList());
    Collections.shuffle(timers, new Random(7));
    runWith(lease, timers.toArray(TimerUpsert[]::new));
    runWith(lease, timers.toArray(TimerUpsert[]::new));

    List<WorkflowTimer> due = allPages(7, page -> store().due(lease, page));

    assertThat(due).hasSize(50).doesNotHaveDuplicates().isSortedAccordingTo(ORDER);
    assertThat(allPages(7, page -> store().due(lease, FAR_AWAY, page))).isEqualTo(due);
  }

  @Test
  @Scenario("TI-03")
  void upsert_ofTheSameId_movesTheTimer() {
    ShardLease lease = newLease();
    RunKey run = runWith(lease, timer("t1", FAR_AWAY.plusSeconds(10)));
    WorkflowTimer before = due(lease, LATEST).getFirst();

    commitUnder(lease, Samples.update(run, 1).timer(timer("t1", FAR_AWAY.plusSeconds(20))).build());

    assertThat(due(lease, FAR_AWAY.plusSeconds(15))).isEmpty();
    List<WorkflowTimer> moved = due(lease, FAR_AWAY.plusSeconds(20));
    assertThat(moved).hasSize(1);
    assertThat(moved.getFirst().fireAt()).isEqualTo(FAR_AWAY.plusSeconds(20));
    assertThat(moved.getFirst().createdAt()).isEqualTo(before.createdAt());
  }

  @Test
  @Scenario("TI-04")
  void delete_ofATimerThatHasBeenMoved_keepsIt() {
    ShardLease lease = newLease();
    RunKey run = runWith(lease, timer("t1", LONG_AGO));
    WorkflowTimer fired = due(lease).getFirst();
    commitUnder(lease, Samples.update(run, 1).timer(timer("t1", FAR_AWAY)).build());

    commitUnder(lease, Samples.update(run, 2).deleteTimer(TimerDelete.fired(fired)).build());

    List<WorkflowTimer> kept = due(lease, LATEST);
    assertThat(kept).hasSize(1);
    commitUnder(
        lease, Samples.update(run, 3).deleteTimer(TimerDelete.fired(kept.getFirst())).build());
    assertThat(due(lease, LATEST)).isEmpty();
  }

  @Test
  @Scenario("TI-04")
  void delete_ofAMissingTimer_changesNothing() {
    ShardLease lease = newLease();
    RunKey run = runWith(lease, timer("t1", LONG_AGO));

    commitUnder(
        lease,
        Samples.update(run, 1)
            .deleteTimer(TimerDelete.cancel("t2"))
            .deleteTimer(TimerDelete.cancel("T1"))
            .build());

    assertThat(due(lease)).hasSize(1);
  }

  @Test
  @Scenario("TI-05")
  void delete_withAnOldToken_keepsTheTimer() {
    ShardLease old = newLease();
    RunKey run = runWith(old, timer("t1", LONG_AGO));
    WorkflowTimer fired = due(old).getFirst();
    persistence().shards().release(old);
    ShardLease newLease = acquired(old.shardId(), "B", LONG);

    thrownBy(
        ShardOwnershipLostException.class,
        () ->
            commitUnder(old, Samples.update(run, 1).deleteTimer(TimerDelete.fired(fired)).build()));

    assertThat(due(newLease)).containsExactly(fired);
  }

  @Test
  @Scenario("TI-06")
  void due_isLimitedToTheShard() {
    ShardLease here = newLease();
    ShardLease there = newLease();
    RunKey run = runWith(here, timer("t1", LONG_AGO));
    RunKey other = runWith(there, timer("t1", LONG_AGO));

    assertThat(due(here)).extracting(WorkflowTimer::run).containsExactly(run);
    assertThat(due(there)).extracting(WorkflowTimer::run).containsExactly(other);
  }

  @Test
  @Scenario("TI-06")
  void commit_thatClosesAndCancels_leavesNothingDue() {
    ShardLease lease = newLease();
    RunKey run = runWith(lease, timer("t1", LONG_AGO), timer("t2", LONG_AGO));

    commitUnder(
        lease,
        UpdateRun.builder(run, 1, Samples.closed(WorkflowState.COMPLETED))
            .deleteTimer(TimerDelete.cancel("t1"))
            .deleteTimer(TimerDelete.cancel("t2"))
            .build());

    assertThat(due(lease, LATEST)).isEmpty();
  }

  @Test
  @Scenario("TI-07")
  void upsert_atTheLimitsOfTheRange_isReadBackEqual() {
    ShardLease lease = newLease();

    runWith(lease, timer("first", Instant.EPOCH), timer("last", LATEST));

    assertThat(due(lease, LATEST))
        .extracting(WorkflowTimer::fireAt)
        .containsExactly(Instant.EPOCH, LATEST);
    assertThat(due(lease)).extracting(WorkflowTimer::timerId).containsExactly("first");
  }

  @Test
  @Scenario("TI-08")
  void delete_inChunks_keepsTheRest() {
    ShardLease lease = newLease();
    RunKey run =
        runWith(
            lease,
            IntStream.range(0, 100)
                .mapToObj(i -> timer("t-" + i, LONG_AGO.plusSeconds(i)))
                .toArray(TimerUpsert[]::new));
    Instant until = LONG_AGO.plusSeconds(59);

    long version = 1;
    for (List<WorkflowTimer> chunk = firstOf(lease, until);
        !chunk.isEmpty();
        chunk = firstOf(lease, until)) {
      UpdateRun.Builder update = Samples.update(run, version++);
      chunk.forEach(timer -> update.deleteTimer(TimerDelete.fired(timer)));
      commitUnder(lease, update.build());
    }

    assertThat(version).isEqualTo(4);
    assertThat(due(lease))
        .extracting(WorkflowTimer::fireAt)
        .isEqualTo(IntStream.range(60, 100).mapToObj(i -> LONG_AGO.plusSeconds(i)).toList());
  }

  private List<WorkflowTimer> firstOf(ShardLease lease, Instant until) {
    return store().due(lease, until, PageRequest.first(25)).items();
  }
}
