package io.odin.persistence.tck.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.error.SignalConflictException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.SignalReceipt.Arrival;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Signals with which a run begins, and those that a run hands on to the next one. */
public abstract class SignalHandoverTck extends AbstractSignalTck {

  private static final int HANDOVERS = 100;
  private static final CreateMode START =
      CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.fail());

  /** For backends. */
  protected SignalHandoverTck() {}

  private List<String> pendingIds(RunKey run) {
    return pending(run).stream().map(WorkflowSignal::signalId).toList();
  }

  private static UpdateRun.Builder continuing(RunKey run, long version) {
    return UpdateRun.builder(run, version, Samples.closed(WorkflowState.CONTINUED_AS_NEW));
  }

  /** Closes a run, starts the next one, and hands over what is pending. */
  private static WorkflowTransaction handover(
      ShardLease lease, RunKey from, long version, RunKey to) {
    return transaction(
            lease,
            continuing(from, version).carrySignalsTo(to).build(),
            Samples.create(to, CreateMode.replaceClosed(from.runId())).build())
        .build();
  }

  @Test
  @Scenario("SG-09")
  void create_withSignals_hasThemPendingInTheirOrder() {
    RunKey run = newRun();
    Instant before = databaseNow();

    commit(Samples.create(run, START).signal(signal("b")).signal(signal("a")).build());

    List<WorkflowSignal> pending = pending(run);
    assertThat(pending).extracting(WorkflowSignal::signalId).containsExactly("b", "a");
    assertThat(pending).extracting(WorkflowSignal::sequence).containsExactly(1L, 2L);
    WorkflowSignal first = pending.getFirst();
    assertThat(first.run()).isEqualTo(run);
    assertThat(first.name()).isEqualTo("cancel");
    assertThat(first.input()).isEqualTo(Json.of("{\"id\":\"b\"}"));
    assertThat(first.receivedAt()).isBetween(before, databaseNow());
    assertThat(load(run).signals()).isEqualTo(pending);
    assertThat(load(run).signalsSeen()).isEqualTo(2);
    assertThat(store().put(run.workflow(), signal("c")))
        .isEqualTo(new SignalReceipt(run, 3, Arrival.FIRST));
    commit(Samples.update(run, 1).consumeSignal("b").build());
    assertThat(pendingIds(run)).containsExactly("a", "c");
  }

  @Test
  @Scenario("SG-09")
  void create_thatIsRefused_leavesNoSignal() {
    RunKey run = newRun();
    commit(Samples.create(run));
    RunKey next = successor(run);

    thrownBy(
        CurrentRunConflictException.class,
        () -> commit(Samples.create(next, START).signal(signal("s")).build()));

    assertThat(pending(next)).isEmpty();
    assertThat(store().put(run.workflow(), signal("s")))
        .isEqualTo(new SignalReceipt(run, 1, Arrival.FIRST));
  }

  @Test
  @Scenario("SG-09")
  void importRun_withSignals_hasThemPending() {
    RunKey run = newRun();

    persistence()
        .executions()
        .importRun(
            acquireShardFor(run.workflowId()),
            Samples.create(run, CreateMode.bypassCurrent())
                .signal(signal("a"))
                .signal(signal("b"))
                .build());

    assertThat(pendingIds(run)).containsExactly("a", "b");
    assertThat(load(run).signalsSeen()).isEqualTo(2);
  }

  @Test
  @Scenario("SG-10")
  void signal_withWhichARunBegan_isReceivedOnce() {
    RunKey run = newRun();
    commit(Samples.create(run, START).signal(signal("s")).build());
    SignalReceipt duplicate = new SignalReceipt(run, 1, Arrival.DUPLICATE);

    assertThat(store().put(run, signal("s"))).isEqualTo(duplicate);
    assertThat(store().put(run.workflow(), signal("s"))).isEqualTo(duplicate);
    commit(
        UpdateRun.builder(run, 1, Samples.closed(WorkflowState.COMPLETED)).signalsSeen(1).build());
    RunKey next = successor(run);
    AlreadyExistsException refusal =
        thrownBy(
            AlreadyExistsException.class,
            () ->
                commit(
                    Samples.create(next, START).signal(signal("new")).signal(signal("s")).build()));
    assertThat(refusal.kind()).isEqualTo("signal");
    assertThat(refusal).hasMessageContaining("s, received by " + run);
    assertThat(refusal.existing(SignalReceipt.class)).isEqualTo(duplicate);
    assertThat(persistence().executions().find(next)).isEmpty();
    assertThat(pending(next)).isEmpty();

    RunKey elsewhere = new RunKey(newNamespace(), run.workflowId(), next.runId());
    commit(Samples.create(elsewhere, START).signal(signal("s")).build());
    commit(Samples.create(newRun(), START).signal(signal("s")).build());
  }

  @Test
  @Scenario("SG-10")
  void create_byManySendersWithOneSignal_isDoneOnce() {
    RunKey first = newRun();
    ShardLease lease = acquireShardFor(first.workflowId());

    RunKey created =
        Concurrently.run(
                16,
                sender -> {
                  RunKey run = successor(first);
                  persistence()
                      .executions()
                      .commit(
                          transaction(lease, Samples.create(run, START).signal(signal("s")).build())
                              .build());
                  return run;
                })
            .onlyWinner(CurrentRunConflictException.class);

    assertThat(pendingIds(created)).containsExactly("s");
  }

  @Test
  @Scenario("SG-11")
  void close_thatCarriesSignals_handsOnWhatIsPendingInItsOrder() {
    RunKey from = startedRun();
    for (String id : List.of("c", "consumed", "a", "b")) {
      store().put(from, signal(id));
    }
    List<WorkflowSignal> before = pending(from);
    RunKey to = successor(from);
    ShardLease lease = acquireShardFor(from.workflowId());
    // It has seen one of them.
    UpdateRun closing =
        continuing(from, 1).consumeSignal("consumed").signalsSeen(1).carrySignalsTo(to).build();

    persistence()
        .executions()
        .commit(
            transaction(
                    lease,
                    closing,
                    Samples.create(to, CreateMode.replaceClosed(from.runId()))
                        .signal(signal("born"))
                        .build())
                .build());

    assertThat(pending(from)).isEmpty();
    List<WorkflowSignal> after = pending(to);
    assertThat(after).extracting(WorkflowSignal::signalId).containsExactly("born", "c", "a", "b");
    assertThat(after).extracting(WorkflowSignal::sequence).containsExactly(1L, 2L, 3L, 4L);
    assertThat(after.get(1).input()).isEqualTo(before.getFirst().input());
    assertThat(after.get(1).receivedAt()).isEqualTo(before.getFirst().receivedAt());
    assertThat(load(to).signalsSeen()).isEqualTo(4);
    assertThat(store().put(from.workflow(), signal("next")))
        .isEqualTo(new SignalReceipt(to, 5, Arrival.FIRST));
    for (String id : List.of("a", "consumed", "born")) {
      assertThat(store().put(from.workflow(), signal(id)).arrival())
          .as("sent again: " + id)
          .isEqualTo(Arrival.DUPLICATE);
    }
    assertThat(pending(to)).hasSize(5);
  }

  @Test
  @Scenario("SG-11")
  void close_thatCarriesSignals_toTheThirdRun() {
    RunKey first = startedRun();
    store().put(first, signal("a"));
    store().put(first, signal("b"));
    ShardLease lease = acquireShardFor(first.workflowId());
    RunKey second = successor(first);
    RunKey third = successor(first);

    persistence().executions().commit(handover(lease, first, 1, second));
    persistence().executions().commit(handover(lease, second, 1, third));

    assertThat(pending(second)).isEmpty();
    assertThat(pendingIds(third)).containsExactly("a", "b");
    assertThat(load(third).signalsSeen()).isEqualTo(2);
  }

  @Test
  @Scenario("SG-11")
  void close_thatIsRefused_leavesTheSignalsWhereTheyAre() {
    RunKey from = startedRun();
    store().put(from, signal("s"));
    RunKey to = successor(from);
    ShardLease lease = acquireShardFor(from.workflowId());

    thrownBy(
        VersionConflictException.class,
        () -> persistence().executions().commit(handover(lease, from, 7, to)));
    thrownBy(
        SignalConflictException.class,
        () ->
            persistence()
                .executions()
                .commit(
                    transaction(
                            lease,
                            continuing(from, 1).consumeSignal("none").carrySignalsTo(to).build(),
                            Samples.create(to, CreateMode.replaceClosed(from.runId())).build())
                        .build()));
    thrownBy(
        AlreadyExistsException.class,
        () ->
            persistence()
                .executions()
                .commit(
                    transaction(
                            lease,
                            continuing(from, 1).carrySignalsTo(to).build(),
                            Samples.create(to, CreateMode.replaceClosed(from.runId()))
                                .signal(signal("s"))
                                .build())
                        .build()));

    assertThat(pendingIds(from)).containsExactly("s");
    assertThat(pending(to)).isEmpty();
  }

  @Test
  @Scenario("SG-11")
  void carrySignals_toARunThatIsNotCreated_isRefused() {
    RunKey from = startedRun();
    RunKey to = successor(from);
    ShardLease lease = acquireShardFor(from.workflowId());
    UpdateRun closing = continuing(from, 1).carrySignalsTo(to).build();

    assertThat(thrownBy(InvalidRequestException.class, () -> commit(closing)))
        .hasMessageContaining("signalsCarriedTo");
    assertThat(
            thrownBy(
                InvalidRequestException.class,
                () ->
                    transaction(
                            lease,
                            closing,
                            Samples.create(successor(from), CreateMode.replaceClosed(from.runId()))
                                .build())
                        .build()))
        .hasMessageContaining("signalsCarriedTo");
    assertThat(
            thrownBy(
                InvalidRequestException.class,
                () -> Samples.update(from, 1).carrySignalsTo(to).build()))
        .hasMessageContaining("signalsCarriedTo");
  }

  @Test
  @Scenario("SG-09")
  void create_withASignalThatIsTooLarge_isRefused() {
    int limit = persistence().limits().blobBytes();
    Json large = Json.of("\"" + "x".repeat(limit - 1) + "\"");

    thrownBy(
        LimitExceededException.class,
        () ->
            commit(
                Samples.create(newRun(), START)
                    .signal(new NewSignal("s", "cancel", large))
                    .build()));
  }

  @Test
  @Scenario("SG-12")
  void close_thatCarriesSignals_succeedsUnderAStreamOfSignals() {
    RunKey first = startedRun();
    ShardLease lease = acquireShardFor(first.workflowId());
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicInteger sent = new AtomicInteger();
    Future<Boolean> sender =
        Concurrently.start(
            () -> {
              while (running.get()) {
                store().put(first.workflow(), signal("s-" + sent.get()));
                sent.incrementAndGet();
              }
              return true;
            });

    List<RunKey> chain = new ArrayList<>(List.of(first));
    for (int i = 0; i < HANDOVERS; i++) {
      RunKey to = successor(first);
      // Others arrive between the load and the commit.
      int before = sent.get();
      await().until(() -> sent.get() > before);
      persistence().executions().commit(handover(lease, chain.getLast(), 1, to));
      chain.add(to);
    }
    running.set(false);
    assertThat(Concurrently.resultOf(sender)).isTrue();

    List<WorkflowSignal> received = pending(chain.getLast());
    assertThat(received)
        .extracting(WorkflowSignal::signalId)
        .isEqualTo(LongStream.range(0, sent.get()).mapToObj(i -> "s-" + i).toList());
    assertThat(received)
        .extracting(WorkflowSignal::sequence)
        .isEqualTo(LongStream.rangeClosed(1, sent.get()).boxed().toList());
    assertThat(chain.subList(0, HANDOVERS)).allSatisfy(run -> assertThat(pending(run)).isEmpty());
  }
}
