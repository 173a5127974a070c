package io.odin.persistence.postgres.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples of README.md and docs/ run. {@link ExampleTextsTest} compares their texts. */
class ExamplesTest {

  private final PostgresTckDatabase database = TestPostgres.V18.database();
  private final PersistenceConfig config = database.config();
  private Persistence odin;

  @BeforeEach
  void open() {
    assertThat(Persistence.schemaOf(config).migrate().isCurrent()).isTrue();
    odin = Persistence.open(config);
  }

  @AfterEach
  void close() {
    odin.close();
    database.close();
  }

  @Test
  void readme_completesItsRun() {
    ReadmeExample.startAndComplete(config);

    RunKey run = current("shop", "order-12345", WorkflowState.COMPLETED);
    assertThat(eventTypes(run)).containsExactly("Started", "Done");
    assertThat(odin.history().validate(run)).isEmpty();
  }

  @Test
  void gettingStarted_startedTwice_completesTwoRuns() {
    String[] arguments = {
      config.url(), config.credentials().get().username(), config.credentials().get().password()
    };

    FirstStep.main(arguments);
    RunKey first = current("greetings", "greeting-1", WorkflowState.COMPLETED);
    FirstStep.main(arguments);
    RunKey second = current("greetings", "greeting-1", WorkflowState.COMPLETED);

    assertThat(second).isNotEqualTo(first);
    assertThat(eventTypes(second))
        .containsExactly(
            "WorkflowStarted", "ActivityScheduled", "ActivityCompleted", "WorkflowCompleted");
  }

  private RunKey current(String namespace, String workflowId, WorkflowState state) {
    NamespaceId id = odin.namespaces().findByName(namespace).orElseThrow().id();
    var current = odin.executions().findCurrent(new WorkflowKey(id, workflowId)).orElseThrow();
    assertThat(current.state()).isEqualTo(state);
    return current.key();
  }

  private List<String> eventTypes(RunKey run) {
    return odin.history().read(run, EventRange.all(), PageRequest.first(100)).items().stream()
        .map(HistoryEvent::eventType)
        .toList();
  }

  @Test
  void engineGuide_completesRunsByTimersSignalsAndSchedules() throws InterruptedException {
    NamespaceId namespace = NamespaceId.create();
    odin.namespaces().create(namespace, "guide", NamespaceSettings.defaults());
    Commits commits = new Commits(odin.executions());
    Workflows workflows = new Workflows(odin.executions());
    Signals signals = new Signals(odin.executions(), odin.signals(), workflows, odin.taskQueues());
    Shards shards = new Shards(odin.shards(), odin.shardCount(), "host-a", () -> 1);
    Timers timers = new Timers(odin, workflows, commits, shards);
    Schedules schedules = new Schedules(odin, commits, shards, "host-a");
    shards.balance();
    shards.renew();
    assertThat(shards.all()).hasSize(odin.shardCount());

    RunKey run = RunKey.create(namespace, "order-1");
    ShardLease shard = shards.lease(ShardHash.shardOf("order-1", odin.shardCount())).orElseThrow();
    startWithTimer(run, shard);
    ScheduleKey everySecond = ScheduleKey.create(namespace);
    odin.schedules().create(NewSchedule.of(everySecond, "every-second", ordersEverySecond()));

    TaskQueue queue = new TaskQueue(namespace, "orders", TaskType.WORKFLOW);
    WorkflowTasks handler = new WorkflowTasks(odin, workflows, commits, shards);
    Worker worker = new Worker(odin.taskQueues(), queue, "worker-1", 8, handler);
    worker.start();
    try {
      timers.fireDue();
      eventually(() -> assertThat(eventTypes(run)).containsExactly("TimerFired", "Waiting"));

      signals.send(run.workflow(), NewSignal.create("approve", Json.emptyObject()));
      eventually(() -> assertThat(eventTypes(run)).endsWith("WorkflowCompleted"));

      eventually(
          () -> {
            schedules.startDue();
            assertThat(scheduled(everySecond)).isNotEmpty();
          });
      ScheduleRun first = scheduled(everySecond).getLast();
      signals.send(
          first.run().orElseThrow().workflow(), NewSignal.create("approve", Json.emptyObject()));
      eventually(
          () -> {
            schedules.recordResults(namespace);
            assertThat(scheduled(everySecond).getLast().result())
                .contains(ScheduleResult.COMPLETED);
          });
    } finally {
      worker.stop();
    }
    Housekeeping housekeeping = new Housekeeping(odin);
    housekeeping.trim();
    housekeeping.trim(namespace);
    housekeeping.deleteExpired(shard, Archiver.none());
    assertThat(odin.executions().find(run)).as("its retention has not expired").isPresent();
    shards.releaseAll();
    assertThat(odin.shards().listOwned("host-a")).isEmpty();
  }

  @Test
  void engineGuide_startsCancelsAndEndsAChildInAnotherShard() {
    NamespaceId namespace = NamespaceId.create();
    odin.namespaces().create(namespace, "guide-" + namespace, NamespaceSettings.defaults());
    Workflows workflows = new Workflows(odin.executions());
    Shards shards = new Shards(odin.shards(), odin.shardCount(), "host-c", () -> 1);
    shards.balance();
    Children children = new Children(odin, workflows, shards);
    RunKey parent = RunKey.create(namespace, "order-4");
    ShardLease shard = leaseOf(shards, parent.workflow());
    odin.executions()
        .commit(WorkflowTransaction.builder(shard).change(order(parent).build()).build());
    WorkflowKey child = Children.child(parent, 1);
    ShardLease shardOfChild = leaseOf(shards, child);
    assertThat(shardOfChild.shardId()).isNotEqualTo(shard.shardId());

    odin.executions().commit(children.start(workflows.open(parent).orElseThrow(), shard));
    LeasedTask start = message(children.outbox(child, Children.Message.START));
    children.deliverStart(start);
    children.deliverStart(start);
    assertThat(odin.executions().listChildren(parent, PageRequest.first(10)).items())
        .singleElement()
        .satisfies(run -> assertThat(run.key().workflow()).isEqualTo(child));
    RunKey run = odin.executions().findCurrent(child).orElseThrow().key();

    odin.executions().commit(children.cancel(workflows.open(parent).orElseThrow(), 1, shard));
    List<LeasedTask> cancels = new ArrayList<>();
    List<TaskQueue> outboxes =
        Stream.of(Children.Message.values()).map(each -> children.outbox(child, each)).toList();
    Outboxes several = new Outboxes(odin.taskQueues(), "host-c", outboxes, cancels::add);
    assertThat(several.deliver()).as("there may be more").isZero();
    LeasedTask cancel = cancels.getFirst();
    children.deliverCancel(cancel);
    children.deliverCancel(cancel);
    assertThat(several.deliver()).isEqualTo(Duration.ofMillis(200));
    assertThat(workflows.open(run).orElseThrow().signals()).hasSize(1);

    odin.executions().commit(children.end(workflows.open(run).orElseThrow(), shardOfChild));
    LeasedTask end = message(children.outbox(parent.workflow(), Children.Message.END));
    children.deliverEnd(end);
    assertThatThrownBy(() -> children.deliverEnd(end)).isInstanceOf(LeaseLostException.class);
    assertThat(eventTypes(parent))
        .containsExactly("ChildInitiated", "ChildCancelRequested", "ChildCompleted");
    assertThat(odin.taskQueues().depth(end.task().key().queue()).ready()).isZero();
    shards.releaseAll();
  }

  private ShardLease leaseOf(Shards shards, WorkflowKey workflow) {
    return shards.lease(ShardHash.shardOf(workflow.workflowId(), odin.shardCount())).orElseThrow();
  }

  private LeasedTask message(TaskQueue outbox) {
    return odin.taskQueues()
        .poll(PollRequest.of(outbox, "host-c", Duration.ofMinutes(1), 10))
        .getFirst();
  }

  @Test
  void engineGuide_resetsARun() {
    NamespaceId namespace = NamespaceId.create();
    odin.namespaces().create(namespace, "guide-" + namespace, NamespaceSettings.defaults());
    Workflows workflows = new Workflows(odin.executions());
    Shards shards = new Shards(odin.shards(), odin.shardCount(), "host-r", () -> 1);
    shards.balance();
    shards.renew();
    ShardLease shard = shards.lease(ShardHash.shardOf("order-3", odin.shardCount())).orElseThrow();
    RunKey base = RunKey.create(namespace, "order-3");
    odin.executions()
        .commit(
            WorkflowTransaction.builder(shard)
                .change(
                    order(base)
                        .event(
                            new HistoryEvent(
                                1, "WorkflowStarted", Instant.now(), Json.emptyObject()))
                        .build())
                .build());
    long lastEventId = workflows.open(base).orElseThrow().execution().nextEventId() - 1;

    odin.executions()
        .commit(
            Resets.reset(
                workflows.open(base).orElseThrow(),
                lastEventId,
                RunState.running(Bytes.empty()),
                shard));

    RunSummary current = odin.executions().findCurrent(base.workflow()).orElseThrow();
    assertThat(current.base()).contains(new BaseRun(base.runId(), lastEventId));
    assertThat(odin.history().size(current.key()).count()).isEqualTo(lastEventId + 1);
    shards.releaseAll();
  }

  @Test
  void engineGuide_startsWithASignalAndCarriesItOver() {
    NamespaceId namespace = NamespaceId.create();
    odin.namespaces().create(namespace, "guide-" + namespace, NamespaceSettings.defaults());
    Workflows workflows = new Workflows(odin.executions());
    Signals signals = new Signals(odin.executions(), odin.signals(), workflows, odin.taskQueues());
    Shards shards = new Shards(odin.shards(), odin.shardCount(), "host-s", () -> 1);
    shards.balance();
    shards.renew();
    ShardLease shard = shards.lease(ShardHash.shardOf("order-2", odin.shardCount())).orElseThrow();
    RunKey run = RunKey.create(namespace, "order-2");
    NewSignal approve = NewSignal.create("approve", Json.emptyObject());
    NewSignal ship = NewSignal.create("ship", Json.emptyObject());

    SignalReceipt first = signals.startWith(approve, order(run), shard);
    SignalReceipt second =
        signals.startWith(ship, order(RunKey.create(namespace, "order-2")), shard);
    assertThat(List.of(first, second))
        .containsExactly(
            new SignalReceipt(run, 1, SignalReceipt.Arrival.FIRST),
            new SignalReceipt(run, 2, SignalReceipt.Arrival.FIRST));

    RunSnapshot snapshot = workflows.open(run).orElseThrow();
    odin.executions()
        .commit(Signals.continueAsNew(snapshot, RunState.running(Bytes.empty()), shard));
    RunKey next = odin.executions().findCurrent(run.workflow()).orElseThrow().key();
    assertThat(workflows.open(next).orElseThrow().signals())
        .extracting(WorkflowSignal::signalId)
        .containsExactly(approve.signalId(), ship.signalId());
    assertThat(signals.startWith(ship, order(RunKey.create(namespace, "order-2")), shard).arrival())
        .isEqualTo(SignalReceipt.Arrival.DUPLICATE);
    shards.releaseAll();
  }

  private static CreateRun.Builder order(RunKey run) {
    return CreateRun.builder(
        run,
        CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.fail()),
        RunDefinition.builder("order", "orders", Instant.now()).build(),
        RunState.running(Bytes.empty()));
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
  }

  private void startWithTimer(RunKey run, ShardLease shard) {
    Instant now = Instant.now();
    CreateRun start =
        CreateRun.builder(
                run,
                CreateMode.brandNew(),
                RunDefinition.builder("order", "orders", now).build(),
                RunState.running(Bytes.empty()))
            .timer(new TimerUpsert("first", now.minusSeconds(60), Json.emptyObject()))
            .build();
    odin.executions().commit(WorkflowTransaction.builder(shard).change(start).build());
  }

  private static ScheduleDefinition ordersEverySecond() {
    return ScheduleDefinition.builder(
            ScheduleSpec.interval(Duration.ofSeconds(1)), "order", "orders")
        .build();
  }

  /** The due times that were dealt with, the latest first. */
  private List<ScheduleRun> scheduled(ScheduleKey schedule) {
    return odin.schedules().history(schedule, PageRequest.first(100)).items();
  }
}
