package io.odin.persistence.tck.repetition;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.retention.RetentionStore;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.SignalReceipt.Arrival;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.timer.TimerStore;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityStore;
import io.odin.persistence.visibility.VisibilityWrite;
import io.odin.persistence.visibility.query.AttributeType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Repeated writes of runs, their signals and their visibility. */
public abstract class RunRepetitionTck extends AbstractRepetitionTck {

  /** For backends. */
  protected RunRepetitionTck() {}

  @Override
  Set<Class<?>> stores() {
    return Set.of(
        ExecutionStore.class,
        SignalStore.class,
        VisibilityStore.class,
        RetentionStore.class,
        HistoryStore.class,
        TimerStore.class);
  }

  @Override
  Set<String> reads() {
    return Set.of(
        "find",
        "findCurrent",
        "listByShard",
        "listRuns",
        "listChildren",
        "pending",
        "list",
        "count",
        "countBy",
        "searchByTags",
        "tags",
        "attributes",
        "findExpired",
        "findOrphans",
        "findRemains",
        "read",
        "readReverse",
        "size",
        "validate",
        "due",
        "dueOfAll");
  }

  @Override
  Map<String, String> exceptions() {
    return Map.of(
        "RetentionStore.archiveAndDelete(RunKey, ShardLease, Archiver)",
        "has several transactions, and continues: RE-07",
        "RetentionStore.purge(NamespaceId, int)",
        "housekeeping; counts what this call has done",
        "ExecutionStore.trimCommits(Duration, int)",
        "housekeeping; counts what this call has done",
        "VisibilityStore.purgeTombstones(Duration, int)",
        "housekeeping; counts what this call has done");
  }

  /** A store that is in no table is found here. */
  @Test
  @Scenario("TX-18")
  void tables_haveEveryStore() {
    Set<Class<?>> all =
        Arrays.stream(Persistence.class.getMethods())
            .filter(method -> method.getReturnType().getSimpleName().endsWith("Store"))
            .map(method -> method.getReturnType())
            .collect(Collectors.toSet());

    assertThat(
            Stream.of(
                    new NamespaceRepetitionTck() {},
                    new QueueRepetitionTck() {},
                    new ScheduleRepetitionTck() {},
                    this)
                .flatMap(kit -> kit.stores().stream()))
        .containsExactlyInAnyOrderElementsOf(all);
  }

  private RepeatedWrite write(
      String method, Function<Persistence, @Nullable Object> send, Supplier<Object> effect) {
    return RepeatedWrite.of(method, database().commitRequest(), send, effect);
  }

  @Override
  List<RepeatedWrite> writes() {
    return List.of(
        commitOfAnUpdate(),
        commitOfAStart(),
        importRun(),
        delete(),
        signalToARun(),
        signalToAWorkflow(),
        upsert(),
        upsertOfADeletedRecord(),
        deleteRecord(),
        setTags(),
        registerAttribute(),
        removeAttribute());
  }

  private Object loaded(RunKey run) {
    return List.of(persistence().executions().find(run));
  }

  private RepeatedWrite commit(WorkflowTransaction transaction, RunKey run) {
    return write(
            "ExecutionStore.commit(WorkflowTransaction)",
            to -> to.executions().commit(transaction),
            () -> loaded(run))
        .answers(answer -> assertThat(answer).isEqualTo(CommitResult.applied(transaction)));
  }

  private RepeatedWrite commitOfAnUpdate() {
    RunKey run = startedRun();
    return commit(transaction(Samples.update(run, 1).build()).build(), run)
        .then(() -> commit(Samples.close(run, 2, WorkflowState.COMPLETED)));
  }

  /** The run is closed, deleted, and followed by another one. */
  private RepeatedWrite commitOfAStart() {
    RunKey run = newRun();
    return commit(transaction(Samples.create(run)).build(), run)
        .then(
            () -> {
              commit(Samples.close(run, 1, WorkflowState.COMPLETED));
              persistence().executions().delete(run, acquireShardFor(run.workflowId()));
              commit(Samples.create(RunKey.create(run.namespace(), run.workflowId())));
            });
  }

  private RepeatedWrite importRun() {
    RunKey run = newRun();
    ShardLease shard = acquireShardFor(run.workflowId());
    CreateRun imported =
        CreateRun.builder(
                run, CreateMode.bypassCurrent(), Samples.definition(), Samples.fullState())
            .history(Samples.events(1, 3))
            .visibility(Samples.visibility(run).build())
            .build();
    return write(
            "ExecutionStore.importRun(ShardLease, CreateRun)",
            to -> {
              to.executions().importRun(shard, imported);
              return null;
            },
            () -> List.of(loaded(run), persistence().visibility().tags(run)))
        .then(() -> persistence().visibility().setTags(run, Tags.of(Map.of("by", "others"))));
  }

  private RunKey closedRun(ShardLease shard) {
    RunKey run = RunKey.create(namespace(), newWorkflowIdIn(shard.shardId()));
    persistence().executions().commit(transaction(shard, Samples.create(run)).build());
    persistence()
        .executions()
        .commit(transaction(shard, Samples.close(run, 1, WorkflowState.COMPLETED)).build());
    return run;
  }

  private void takeOver(ShardLease shard) {
    persistence().shards().release(shard);
    acquired(shard.shardId(), "another owner", LONG);
  }

  private RepeatedWrite delete() {
    ShardLease shard = acquired(newShard(), "A", LONG);
    RunKey run = closedRun(shard);
    return write(
            "ExecutionStore.delete(RunKey, ShardLease)",
            to -> {
              to.executions().delete(run, shard);
              return null;
            },
            () -> loaded(run))
        .then(() -> takeOver(shard));
  }

  @Test
  @Scenario("TX-18")
  void archiveAndDelete_afterTheShardWasTakenOver_isStillDone() {
    ShardLease shard = acquired(newShard(), "A", LONG);
    RunKey run = closedRun(shard);
    RetentionStore store = persistence().retention();
    assertThat(store.archiveAndDelete(run, shard, Archiver.none())).isPositive();
    takeOver(shard);

    assertThat(store.archiveAndDelete(run, shard, Archiver.none())).isZero();
  }

  private RepeatedWrite signalToARun() {
    RunKey run = startedRun();
    NewSignal signal = NewSignal.create("cancel", Json.emptyObject());
    return write(
            "SignalStore.put(RunKey, NewSignal)",
            to -> to.signals().put(run, signal),
            () -> loaded(run))
        .then(
            () ->
                commit(
                    UpdateRun.builder(run, 1, Samples.closed(WorkflowState.COMPLETED))
                        .consumeSignal(signal.signalId())
                        .signalsSeen(1)
                        .build()))
        .answers(
            answer -> assertThat(answer).isEqualTo(new SignalReceipt(run, 1, Arrival.DUPLICATE)));
  }

  private RepeatedWrite signalToAWorkflow() {
    RunKey run = startedRun();
    RunKey next = RunKey.create(run.namespace(), run.workflowId());
    NewSignal signal = NewSignal.create("cancel", Json.emptyObject());
    return write(
            "SignalStore.put(WorkflowKey, NewSignal)",
            to -> to.signals().put(run.workflow(), signal),
            () -> List.of(loaded(run), loaded(next)))
        .then(
            () -> {
              commit(
                  UpdateRun.builder(run, 1, Samples.closed(WorkflowState.CONTINUED_AS_NEW))
                      .signalsSeen(1)
                      .build(),
                  Samples.create(next, CreateMode.replaceClosed(run.runId())).build());
            })
        .answers(
            answer -> assertThat(answer).isEqualTo(new SignalReceipt(run, 1, Arrival.DUPLICATE)));
  }

  private Object shown(RunKey run) {
    return List.of(persistence().visibility().find(run), persistence().visibility().tags(run));
  }

  private RepeatedWrite upsert(String status, Function<RunKey, Runnable> others) {
    RunKey run = newRun();
    VisibilityRecord record = Samples.visibility(run).status(status).build();
    return RepeatedWrite.of(
            "VisibilityStore.upsert(VisibilityRecord, long)",
            database().commitRequest(),
            to -> to.visibility().upsert(record, 3),
            () -> shown(run))
        .then(others.apply(run))
        .answers(answer -> assertThat(answer).isEqualTo(VisibilityWrite.SUPERSEDED));
  }

  private RepeatedWrite upsert() {
    return upsert(
        "matched by the proxy",
        run -> () -> persistence().visibility().upsert(Samples.visibility(run).build(), 4));
  }

  private RepeatedWrite upsertOfADeletedRecord() {
    return upsert(
        "matched by the proxy again", run -> () -> persistence().visibility().delete(run, 3));
  }

  private RunKey shownRun() {
    RunKey run = newRun();
    persistence().visibility().upsert(Samples.visibility(run).build(), 1);
    return run;
  }

  private RepeatedWrite deleteRecord() {
    RunKey run = shownRun();
    return write(
            "VisibilityStore.delete(RunKey, long)",
            to -> to.visibility().delete(run, 3),
            () -> shown(run))
        .then(() -> persistence().visibility().upsert(Samples.visibility(run).build(), 4))
        .answers(answer -> assertThat(answer).isEqualTo(VisibilityWrite.SUPERSEDED));
  }

  /** Sets a state: the repetition sets the same one. */
  private RepeatedWrite setTags() {
    RunKey run = shownRun();
    return write(
        "VisibilityStore.setTags(RunKey, Tags)",
        to -> {
          to.visibility().setTags(run, Tags.of(Map.of("a", "1")));
          return null;
        },
        () -> shown(run));
  }

  private RepeatedWrite attribute(
      String method, String name, Function<VisibilityStore, @Nullable Object> send) {
    return RepeatedWrite.of(
        "VisibilityStore." + method,
        database().writeRequest(name),
        to -> send.apply(to.visibility()),
        () -> persistence().visibility().attributes(namespace()));
  }

  private RepeatedWrite registerAttribute() {
    return attribute(
        "registerAttribute(NamespaceId, String, AttributeType)",
        "RegisteredThroughTheProxy",
        to -> {
          to.registerAttribute(namespace(), "RegisteredThroughTheProxy", AttributeType.INT);
          return null;
        });
  }

  private RepeatedWrite removeAttribute() {
    persistence()
        .visibility()
        .registerAttribute(namespace(), "RemovedThroughTheProxy", AttributeType.INT);
    return attribute(
        "removeAttribute(NamespaceId, String)",
        "RemovedThroughTheProxy",
        to -> {
          to.removeAttribute(namespace(), "RemovedThroughTheProxy");
          return null;
        });
  }
}
