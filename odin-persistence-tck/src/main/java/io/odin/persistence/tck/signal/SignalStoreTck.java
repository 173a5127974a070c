package io.odin.persistence.tck.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.SignalConflictException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.SignalReceipt.Arrival;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The behavior of a {@link SignalStore}: each signal is received once or refused, never lost. */
public abstract class SignalStoreTck extends AbstractSignalTck {

  private static final int CLOSE_RACES = 200;
  private static final int HANDOVERS = 50;

  /** For backends. */
  protected SignalStoreTck() {}

  private void close(RunKey run, long version, long signalsSeen) {
    commit(closing(run, version).signalsSeen(signalsSeen).build());
  }

  private static UpdateRun.Builder closing(RunKey run, long version) {
    return UpdateRun.builder(run, version, Samples.closed(WorkflowState.COMPLETED));
  }

  /** Closes a run and starts the next one of its workflow. */
  private static WorkflowTransaction handover(
      ShardLease lease, RunKey from, long signalsSeen, RunKey to) {
    return transaction(
            lease,
            UpdateRun.builder(from, 1, Samples.closed(WorkflowState.CONTINUED_AS_NEW))
                .signalsSeen(signalsSeen)
                .build(),
            Samples.create(to, CreateMode.replaceClosed(from.runId())).build())
        .build();
  }

  @Test
  @Scenario("SG-01")
  void put_isPendingInTheOrderOfReceipt() {
    RunKey run = startedRun();
    Instant before = databaseNow();

    for (String id : List.of("c", "a", "b")) {
      SignalReceipt receipt = store().put(run, signal(id));
      assertThat(receipt.run()).isEqualTo(run);
      assertThat(receipt.arrival()).isEqualTo(Arrival.FIRST);
    }

    List<WorkflowSignal> pending = allPages(2, page -> store().pending(run, page));
    assertThat(pending).extracting(WorkflowSignal::signalId).containsExactly("c", "a", "b");
    assertThat(pending).extracting(WorkflowSignal::sequence).containsExactly(1L, 2L, 3L);
    WorkflowSignal first = pending.getFirst();
    assertThat(first.run()).isEqualTo(run);
    assertThat(first.name()).isEqualTo("cancel");
    assertThat(first.input()).isEqualTo(Json.of("{\"id\":\"c\"}"));
    assertThat(first.receivedAt()).isBetween(before, databaseNow());
  }

  @Test
  @Scenario("SG-01")
  void put_isLoadedWithTheRunAndKeepsItsVersion() {
    RunKey run = startedRun();
    store().put(run, signal("s1"));
    store().put(run, signal("s2"));
    commit(Samples.update(run, 1).consumeSignal("s1").build());

    RunSnapshot stored = load(run);

    assertThat(stored.signals()).isEqualTo(pending(run)).hasSize(1);
    assertThat(stored.execution().signalsReceived()).isEqualTo(2);
    assertThat(stored.execution().version()).isEqualTo(2);
  }

  @Test
  @Scenario("SG-01")
  void pending_withoutSignals_isEmpty() {
    assertThat(pending(startedRun())).isEmpty();
    assertThat(pending(newRun())).isEmpty();
  }

  @Test
  @Scenario("SG-01")
  void put_ofAnInputBeyondTheLimit_isRefused() {
    RunKey run = startedRun();
    String text = "x".repeat(persistence().limits().blobBytes());
    NewSignal large = NewSignal.create("large", Json.of("\"" + text + "\""));

    LimitExceededException refused =
        thrownBy(LimitExceededException.class, () -> store().put(run, large));

    assertThat(refused.limit()).isEqualTo("blobBytes");
    thrownBy(LimitExceededException.class, () -> store().put(run.workflow(), large));
    assertThat(pending(run)).isEmpty();
  }

  @Test
  @Scenario("SG-02")
  void put_ofOneIdByMany_isReceivedOnce() {
    RunKey run = startedRun();

    List<SignalReceipt> receipts =
        Concurrently.run(Concurrently.COMPETITORS, i -> store().put(run, signal("same")))
            .allSucceeded();

    assertThat(receipts).extracting(SignalReceipt::sequence).containsOnly(1L);
    assertThat(receipts).filteredOn(each -> each.arrival() == Arrival.FIRST).hasSize(1);
    assertThat(pending(run)).hasSize(1);
    assertThat(store().put(run, signal("next")).sequence()).isEqualTo(2);
  }

  @Test
  @Scenario("SG-02")
  void put_ofAnIdThatIsTaken_keepsTheOriginal() {
    RunKey run = startedRun();
    SignalReceipt first = store().put(run, signal("s"));

    SignalReceipt again = store().put(run, new NewSignal("s", "other", Json.of("[1]")));

    assertThat(again).isEqualTo(new SignalReceipt(run, first.sequence(), Arrival.DUPLICATE));
    assertThat(pending(run)).singleElement().extracting("name").isEqualTo("cancel");
    assertThat(load(run).execution().signalsReceived()).isEqualTo(1);
  }

  @Test
  @Scenario("SG-02")
  void put_ofASignalThatWasConsumed_isADuplicate() {
    RunKey run = startedRun();
    store().put(run, signal("s"));
    commit(Samples.update(run, 1).consumeSignal("s").build());

    assertThat(store().put(run, signal("s")).arrival()).isEqualTo(Arrival.DUPLICATE);
    assertThat(pending(run)).isEmpty();
    close(run, 2, 1);
    assertThat(store().put(run, signal("s")).arrival()).isEqualTo(Arrival.DUPLICATE);
    assertThat(store().put(run.workflow(), signal("s")).run()).isEqualTo(run);
  }

  @Test
  @Scenario("SG-03")
  void put_toAClosedRun_isRefused() {
    RunKey run = startedRun();
    close(run, 1, 0);
    Map<String, Long> rows = database().rowCounts(namespace());

    InvalidRequestException refused =
        thrownBy(InvalidRequestException.class, () -> store().put(run, signal("s")));

    assertThat(refused.field()).isEqualTo("run");
    CurrentRunConflictException conflict =
        thrownBy(CurrentRunConflictException.class, () -> store().put(run.workflow(), signal("s")));
    assertThat(conflict.current().orElseThrow().key()).isEqualTo(run);
    assertThat(database().rowCounts(namespace())).isEqualTo(rows);
    assertThat(load(run).execution().signalsReceived()).isZero();
  }

  @Test
  @Scenario("SG-03")
  void put_whereThereIsNoRun_isRefused() {
    RunKey missing = newRun();

    NotFoundException refused =
        thrownBy(NotFoundException.class, () -> store().put(missing, signal("s")));

    assertThat(refused.kind()).isEqualTo("run");
    CurrentRunConflictException conflict =
        thrownBy(
            CurrentRunConflictException.class, () -> store().put(missing.workflow(), signal("s")));
    assertThat(conflict.current()).isEmpty();
  }

  @Test
  @Scenario("SG-04")
  void put_whileTheRunCloses_isRefusedOrKeepsItOpen() {
    ShardLease lease = acquired(newShard(), "A", LONG);
    for (int round = 0; round < CLOSE_RACES; round++) {
      RunKey run = RunKey.create(namespace(), newWorkflowIdIn(lease.shardId()));
      persistence().executions().commit(transaction(lease, Samples.create(run)).build());
      WorkflowTransaction close = transaction(lease, closing(run, 1).build()).build();

      List<Optional<PersistenceException>> refusals =
          Concurrently.run(
                  2,
                  i ->
                      i == 0
                          ? refusal(() -> store().put(run, signal("s")))
                          : refusal(() -> persistence().executions().commit(close)))
              .allSucceeded();

      boolean refused = refusals.getFirst().isPresent();
      assertThat(refusals.getLast().isPresent()).as("round %s", round).isNotEqualTo(refused);
      refusals.getFirst().ifPresent(e -> assertThat(e).isInstanceOf(InvalidRequestException.class));
      refusals.getLast().ifPresent(e -> assertThat(e).isInstanceOf(SignalConflictException.class));
      RunSnapshot stored = load(run);
      assertThat(stored.signals()).as("round %s", round).hasSize(refused ? 0 : 1);
      assertThat(stored.execution().state().state().isClosed()).isEqualTo(refused);
    }
  }

  private static Optional<PersistenceException> refusal(Runnable write) {
    try {
      write.run();
      return Optional.empty();
    } catch (PersistenceException e) {
      return Optional.of(e);
    }
  }

  @Test
  @Scenario("SG-08")
  void close_withoutHavingSeenEverySignal_isRefused() {
    RunKey run = startedRun();
    store().put(run, signal("s1"));
    store().put(run, signal("s2"));
    RunSnapshot before = load(run);

    SignalConflictException refused =
        thrownBy(SignalConflictException.class, () -> close(run, 1, 1));

    assertThat(refused.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(refused.retry()).isEqualTo(Retry.AFTER_RELOAD);
    assertThat(load(run)).isEqualTo(before);
    close(run, 1, before.signalsSeen());
    assertThat(pending(run)).as("signals that were seen and not consumed").hasSize(2);
  }

  @Test
  @Scenario("SG-08")
  void close_afterMoreSignalsThanAreLoaded_isRefused() {
    RunKey run = startedRun();
    Concurrently.run(
            Concurrently.COMPETITORS,
            sender -> {
              for (int i = sender; i <= 1000; i += Concurrently.COMPETITORS) {
                store().put(run, signal("s" + i));
              }
              return sender;
            })
        .allSucceeded();
    RunSnapshot cut = load(run);

    assertThat(cut.signals()).hasSize(1000);
    assertThat(cut.signalsSeen()).isEqualTo(1000);
    thrownBy(SignalConflictException.class, () -> close(run, 1, cut.signalsSeen()));

    commit(Samples.update(run, 1).consumeSignal("s0").build());
    RunSnapshot whole = load(run);
    assertThat(whole.signals()).hasSize(1000);
    assertThat(whole.signalsSeen()).isEqualTo(1001);
    close(run, 2, whole.signalsSeen());
  }

  @Test
  @Scenario("SG-08")
  void close_whenRetried_consumesSignalsReceivedBefore() {
    RunKey run = startedRun();
    store().put(run, signal("s1"));
    thrownBy(SignalConflictException.class, () -> close(run, 1, 0));

    commit(closing(run, 1).signalsSeen(1).consumeSignal("s1").build());

    assertThat(pending(run)).isEmpty();
    assertThat(load(run).execution().state().state()).isEqualTo(WorkflowState.COMPLETED);
  }

  @Test
  @Scenario("SG-08")
  void update_thatKeepsTheRunOpen_mayHaveSeenNone() {
    RunKey run = startedRun();
    store().put(run, signal("s1"));

    commit(Samples.update(run, 1).build());

    assertThat(pending(run)).hasSize(1);
  }

  @Test
  @Scenario("SG-08")
  void close_thatDisregardsSignals_succeeds() {
    RunKey run = startedRun();
    store().put(run, signal("s1"));
    RunKey terminated = startedRun();
    store().put(terminated, signal("s1"));
    OpenRunPolicy terminate =
        OpenRunPolicy.terminateExisting("Terminated", Samples.ENDED, Json.emptyObject());

    commit(closing(run, 1).disregardSignals().build());
    commit(
        Samples.create(
                successor(terminated),
                CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, terminate))
            .build());

    assertThat(load(run).execution().state().state().isClosed()).isTrue();
    assertThat(load(terminated).execution().state().state()).isEqualTo(WorkflowState.TERMINATED);
  }

  @Test
  @Scenario("SG-05")
  void put_toTheWorkflow_reachesTheCurrentRun() {
    RunKey first = startedRun();
    RunKey second = successor(first);

    SignalReceipt before = store().put(first.workflow(), signal("s1"));
    persistence()
        .executions()
        .commit(handover(acquireShardFor(first.workflowId()), first, 1, second));
    SignalReceipt after = store().put(first.workflow(), signal("s2"));

    assertThat(before).isEqualTo(new SignalReceipt(first, 1, Arrival.FIRST));
    assertThat(after).isEqualTo(new SignalReceipt(second, 1, Arrival.FIRST));
    assertThat(store().put(first.workflow(), signal("s1")))
        .as("sent again once the next run is the current one")
        .isEqualTo(new SignalReceipt(first, 1, Arrival.DUPLICATE));
    assertThat(pending(second)).hasSize(1);
  }

  @Test
  @Scenario("SG-05")
  void put_toTheWorkflow_whereSeveralRunsHaveIt_returnsTheGreatestRunId() {
    RunKey current = startedRun();
    store().put(current, signal("s"));
    RunKey last = new RunKey(current.namespace(), current.workflowId(), new UUID(-1, 1));
    RunKey first = new RunKey(current.namespace(), current.workflowId(), new UUID(0, 1));
    for (RunKey each : List.of(last, first)) {
      commit(Samples.create(each, CreateMode.bypassCurrent()).build());
      store().put(each, signal("s"));
    }

    assertThat(store().put(current.workflow(), signal("s")))
        .isEqualTo(new SignalReceipt(last, 1, Arrival.DUPLICATE));
  }

  @Test
  @Scenario("SG-05")
  void put_toARun_countsInThatRunOnly() {
    RunKey first = startedRun();
    store().put(first, signal("s1"));
    RunKey second = successor(first);
    persistence()
        .executions()
        .commit(handover(acquireShardFor(first.workflowId()), first, 1, second));

    assertThat(store().put(second, signal("s1")))
        .isEqualTo(new SignalReceipt(second, 1, Arrival.FIRST));
  }

  @Test
  @Scenario("SG-05")
  void put_toTheWorkflowWhileItContinuesAsNew_isReceivedByOneRun() {
    RunKey first = startedRun();
    ShardLease lease = acquireShardFor(first.workflowId());
    List<RunKey> chain = new ArrayList<>(List.of(first));
    for (int i = 0; i < HANDOVERS; i++) {
      RunKey from = chain.getLast();
      RunKey to = successor(first);
      NewSignal signal = signal("s-" + i);
      Future<SignalReceipt> put = Concurrently.start(() -> store().put(first.workflow(), signal));
      await().until(() -> isHandedOver(lease, from, to));
      chain.add(to);
      assertThat(Concurrently.resultOf(put).run()).isIn(from, to);
    }

    assertThat(chain.stream().flatMap(run -> pending(run).stream()))
        .extracting(WorkflowSignal::signalId)
        .doesNotHaveDuplicates()
        .hasSize(HANDOVERS);
  }

  private boolean isHandedOver(ShardLease lease, RunKey from, RunKey to) {
    long seen = load(from).signalsSeen();
    Optional<PersistenceException> refusal =
        refusal(() -> persistence().executions().commit(handover(lease, from, seen, to)));
    refusal.ifPresent(e -> assertThat(e).isInstanceOf(SignalConflictException.class));
    return refusal.isEmpty();
  }

  @Test
  @Scenario("SG-06")
  void commit_thatFails_leavesItsSignalsPending() {
    RunKey run = startedRun();
    store().put(run, signal("s1"));
    store().put(run, signal("s2"));
    List<WorkflowSignal> before = pending(run);

    thrownBy(
        VersionConflictException.class,
        () -> commit(Samples.update(run, 7).consumeSignal("s1").build()));
    assertThat(pending(run)).isEqualTo(before);
    thrownBy(
        SignalConflictException.class,
        () -> commit(Samples.update(run, 1).consumeSignal("s1").consumeSignal("s3").build()));
    assertThat(pending(run)).isEqualTo(before);

    commit(Samples.update(run, 1).consumeSignal("s1").build());
    assertThat(pending(run)).containsExactly(before.getLast());
    thrownBy(
        SignalConflictException.class,
        () -> commit(Samples.update(run, 2).consumeSignal("s1").build()));
  }

  @Test
  @Scenario("SG-07")
  void put_byManySenders_leavesNoGap() {
    RunKey run = startedRun();
    RunKey elsewhere = new RunKey(newNamespace(), run.workflowId(), run.runId());
    commit(Samples.create(elsewhere));
    store().put(elsewhere, signal("0-0"));

    Concurrently.run(
            8,
            sender -> {
              for (int i = 0; i < 100; i++) {
                store().put(run, signal(sender + "-" + i));
              }
              return sender;
            })
        .allSucceeded();

    List<WorkflowSignal> pending = pending(run);
    assertThat(pending)
        .extracting(WorkflowSignal::sequence)
        .isEqualTo(LongStream.rangeClosed(1, 800).boxed().toList());
    assertThat(pending).extracting(WorkflowSignal::signalId).doesNotHaveDuplicates();
    assertThat(pending(elsewhere)).hasSize(1);
  }

  @Test
  @Scenario({"SG-07", "EX-29"})
  void delete_ofTheRun_removesItsSignals() {
    RunKey run = startedRun();
    RunKey other = startedRun();
    for (RunKey each : List.of(run, other)) {
      store().put(each, signal("pending"));
      store().put(each, signal("consumed"));
      commit(closing(each, 1).signalsSeen(2).consumeSignal("consumed").build());
    }

    persistence().executions().delete(run, acquireShardFor(run.workflowId()));

    assertThat(pending(run)).isEmpty();
    assertThat(pending(other)).hasSize(1);
    commit(Samples.create(run));
    assertThat(store().put(run, signal("consumed")))
        .isEqualTo(new SignalReceipt(run, 1, Arrival.FIRST));
  }
}
