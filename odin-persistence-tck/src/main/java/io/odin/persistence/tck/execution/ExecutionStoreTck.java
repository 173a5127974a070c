package io.odin.persistence.tck.execution;

import static io.odin.persistence.tck.harness.Samples.event;
import static io.odin.persistence.tck.harness.Samples.events;
import static io.odin.persistence.tck.harness.Samples.fullDefinition;
import static io.odin.persistence.tck.harness.Samples.fullState;
import static io.odin.persistence.tck.harness.Samples.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunFilter;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.tck.harness.Workbench;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Reading and deleting runs. */
public abstract class ExecutionStoreTck extends StoreTck {

  private static final Comparator<RunKey> BY_KEY =
      Comparator.comparing((RunKey run) -> run.namespace().value())
          .thenComparing(RunKey::workflowId)
          .thenComparing(RunKey::runId);

  /** For backends. */
  protected ExecutionStoreTck() {}

  private ExecutionStore store() {
    return persistence().executions();
  }

  @Test
  @Scenario("EX-01")
  void find_returnsEverythingThatWasCreated() {
    RunKey run = newRun();
    RunDefinition definition = fullDefinition();
    RunState state = fullState();
    Instant before = databaseNow();

    commit(
        CreateRun.builder(run, CreateMode.brandNew(), definition, state)
            .history(events(1, 2))
            .timer(new TimerUpsert("timeout", Samples.ENDED, Json.of("{\"kind\":\"run\"}")))
            .build());

    RunSnapshot stored = store().find(run).orElseThrow();
    WorkflowExecution execution = stored.execution();
    assertThat(execution.key()).isEqualTo(run);
    assertThat(execution.shardId())
        .isEqualTo(ShardHash.shardOf(run.workflowId(), persistence().shardCount()));
    assertThat(execution.definition()).isEqualTo(definition);
    assertThat(execution.state()).isEqualTo(state);
    assertThat(execution.version()).isEqualTo(1);
    assertThat(execution.nextEventId()).isEqualTo(3);
    assertThat(execution.historyBytes()).isEqualTo(persistence().history().size(run).bytes());
    assertThat(execution.lastUpdatedAt()).isBetween(before, databaseNow());
    assertThat(stored.timers())
        .singleElement()
        .satisfies(
            timer -> {
              assertThat(timer.run()).isEqualTo(run);
              assertThat(timer.timerId()).isEqualTo("timeout");
              assertThat(timer.fireAt()).isEqualTo(Samples.ENDED);
              assertThat(timer.data()).isEqualTo(Json.of("{\"kind\":\"run\"}"));
            });
    assertThat(stored.children()).isEmpty();
  }

  @Test
  @Scenario("EX-01")
  void findCurrent_summarisesTheRun() {
    RunKey run = newRun();
    RunDefinition definition = fullDefinition();
    commit(CreateRun.builder(run, CreateMode.brandNew(), definition, running()).build());

    assertThat(store().findCurrent(run.workflow()))
        .contains(
            new RunSummary(
                run,
                definition.workflowType(),
                WorkflowState.RUNNING,
                1,
                definition.startedAt(),
                Optional.empty(),
                definition.startRequestId(),
                definition.parent(),
                Optional.empty()));
  }

  @Test
  @Scenario("EX-01")
  void find_whenTheRunIsMissing_isEmpty() {
    RunKey run = startedRun();
    RunKey otherRun = RunKey.create(run.namespace(), run.workflowId());
    RunKey otherNamespace = new RunKey(newNamespace(), run.workflowId(), run.runId());

    assertThat(store().find(otherRun)).isEmpty();
    assertThat(store().find(otherNamespace)).isEmpty();
    assertThat(store().findCurrent(otherNamespace.workflow())).isEmpty();
  }

  @Test
  @Scenario("EX-28")
  void listChildren_isOrderedByInitiatingEvent() {
    RunKey parent = startedRun();
    RunKey third = child(parent, 30);
    RunKey first = child(parent, 10);
    RunKey second = child(parent, 20);
    child(startedRun(), 5);

    assertThat(keys(store().listChildren(parent, PageRequest.first(10)).items()))
        .containsExactly(first, second, third);
    assertThat(keys(allPages(1, page -> store().listChildren(parent, page))))
        .containsExactly(first, second, third);
    assertThat(keys(store().find(parent).orElseThrow().children()))
        .containsExactly(first, second, third);
    assertThat(store().find(first).orElseThrow().execution().definition().parent())
        .contains(new ParentLink(parent.workflowId(), parent.runId(), 10));
  }

  private RunKey child(RunKey parent, long initiatedBy) {
    RunKey child = newRun();
    RunDefinition definition =
        RunDefinition.builder("ShippingWorkflow", "shipping", Samples.STARTED)
            .parent(new ParentLink(parent.workflowId(), parent.runId(), initiatedBy))
            .build();
    commit(CreateRun.builder(child, CreateMode.brandNew(), definition, running()).build());
    return child;
  }

  @Test
  @Scenario("EX-35")
  void findCurrent_afterManyRuns_returnsTheLast() {
    String workflowId = newWorkflowId();
    List<RunKey> runs = chainOfRuns(workflowId, 300);

    assertThat(store().findCurrent(runs.getLast().workflow()).orElseThrow().key())
        .isEqualTo(runs.getLast());
  }

  @Test
  @Scenario("EX-37")
  void listRuns_isNewestFirstAndPaged() {
    List<RunKey> runs = chainOfRuns(newWorkflowId(), 25);
    startedRun();

    List<RunSummary> listed =
        allPages(10, page -> store().listRuns(runs.getFirst().workflow(), page));

    assertThat(keys(listed)).containsExactlyElementsOf(runs.reversed());
    assertThat(listed.getFirst().state()).isEqualTo(WorkflowState.COMPLETED);
    assertThat(listed.getFirst().completedAt()).contains(Samples.ENDED);
  }

  @Test
  @Scenario("EX-37")
  void listRuns_whenStartTimesAreEqual_returnsEachRunOnce() {
    String workflowId = newWorkflowId();
    List<RunKey> runs = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      RunKey run = RunKey.create(namespace(), workflowId);
      commit(Samples.create(run, CreateMode.bypassCurrent()).build());
      runs.add(run);
    }

    assertThat(keys(allPages(2, page -> store().listRuns(runs.getFirst().workflow(), page))))
        .containsExactlyInAnyOrderElementsOf(runs);
  }

  /** Closed runs of one workflow id, each started a second after the one before. */
  private List<RunKey> chainOfRuns(String workflowId, int count) {
    List<RunKey> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RunKey run = RunKey.create(namespace(), workflowId);
      CreateMode mode =
          runs.isEmpty() ? CreateMode.brandNew() : CreateMode.replaceClosed(runs.getLast().runId());
      RunDefinition definition =
          RunDefinition.builder("OrderWorkflow", "orders", Samples.STARTED.plusSeconds(i)).build();
      commit(
          CreateRun.builder(run, mode, definition, Samples.closed(WorkflowState.COMPLETED))
              .build());
      runs.add(run);
    }
    return runs;
  }

  @Test
  @Scenario("EX-38")
  void listByShard_returnsRunsOfAllNamespacesInOrder() {
    int shard = newShard();
    List<RunKey> open = new ArrayList<>();
    List<RunKey> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RunKey running = RunKey.create(namespace(), newWorkflowIdIn(shard));
      RunKey elsewhere = RunKey.create(newNamespace(), newWorkflowIdIn(shard));
      RunKey ended = RunKey.create(namespace(), newWorkflowIdIn(shard));
      commit(Samples.create(running));
      commit(Samples.create(elsewhere));
      commit(Samples.createClosed(ended, WorkflowState.COMPLETED).build());
      open.addAll(List.of(running, elsewhere));
      all.addAll(List.of(running, elsewhere, ended));
    }

    List<RunKey> listedOpen = keys(allPages(2, p -> store().listByShard(shard, RunFilter.OPEN, p)));
    List<RunKey> listedAll = keys(allPages(2, p -> store().listByShard(shard, RunFilter.ALL, p)));

    assertThat(listedOpen).containsExactlyInAnyOrderElementsOf(open).isSortedAccordingTo(BY_KEY);
    assertThat(listedAll).containsExactlyInAnyOrderElementsOf(all).isSortedAccordingTo(BY_KEY);
  }

  @Test
  @Scenario("EX-29")
  void delete_whenRunIsCurrent_removesEverythingAndFreesTheId() {
    Map<String, Long> before = rowsExceptCommits(namespace());
    RunKey run = newRun();
    commit(
        CreateRun.builder(
                run,
                CreateMode.brandNew(),
                fullDefinition(),
                Samples.closed(WorkflowState.COMPLETED))
            .history(events(1, 3))
            .build());

    store().delete(run, acquireShardFor(run.workflowId()));

    assertThat(store().find(run)).isEmpty();
    assertThat(store().findCurrent(run.workflow())).isEmpty();
    assertThat(store().listRuns(run.workflow(), PageRequest.first(10)).items()).isEmpty();
    thrownBy(
        NotFoundException.class,
        () -> persistence().history().read(run, EventRange.all(), PageRequest.first(10)));
    assertThat(rowsExceptCommits(namespace())).isEqualTo(before);
    RunKey next = RunKey.create(run.namespace(), run.workflowId());
    assertThatCode(() -> commit(Samples.create(next))).doesNotThrowAnyException();
  }

  @Test
  @Scenario("EX-30")
  void delete_whenRunIsNotCurrent_keepsTheCurrentOne() {
    List<RunKey> runs = chainOfRuns(newWorkflowId(), 2);

    store().delete(runs.getFirst(), acquireShardFor(runs.getFirst().workflowId()));

    assertThat(store().find(runs.getFirst())).isEmpty();
    assertThat(store().findCurrent(runs.getLast().workflow()).orElseThrow().key())
        .isEqualTo(runs.getLast());
    assertThat(store().find(runs.getLast())).isPresent();
  }

  @Test
  @Scenario("EX-31")
  void delete_whenRunIsMissing_doesNothing() {
    RunKey run = startedRun();
    RunKey missing = RunKey.create(run.namespace(), run.workflowId());
    ShardLease shard = acquireShardFor(run.workflowId());

    assertThatCode(() -> store().delete(missing, shard)).doesNotThrowAnyException();

    assertThat(store().findCurrent(run.workflow()).orElseThrow().key()).isEqualTo(run);
  }

  @Test
  @Scenario("EX-32")
  void delete_whenShardWasLost_keepsTheRun() {
    int shardId = newShard();
    ShardLease lost = acquired(shardId, "first", LONG);
    RunKey run = RunKey.create(namespace(), newWorkflowIdIn(shardId));
    CreateRun ended = Samples.createClosed(run, WorkflowState.COMPLETED).event(event(1)).build();
    store().commit(transaction(lost, ended).build());
    persistence().shards().release(lost);
    ShardLease taken = acquired(shardId, "second", LONG);

    ShardOwnershipLostException refused =
        thrownBy(ShardOwnershipLostException.class, () -> store().delete(run, lost));

    assertThat(refused.expectedToken()).isEqualTo(lost.fenceToken());
    assertThat(refused.actualToken()).isEqualTo(taken.fenceToken());
    assertThat(store().find(run)).isPresent();
    assertThat(persistence().history().size(run).count()).isEqualTo(1);
  }

  /**
   * The row counts without commits, whose records remain after their run is deleted until they are
   * trimmed.
   */
  private Map<String, Long> rowsExceptCommits(NamespaceId namespace) {
    Map<String, Long> rows = new TreeMap<>(database().rowCounts(namespace));
    rows.remove("workflow_commits");
    return rows;
  }

  @Test
  @Scenario("EX-32")
  void delete_underTheLeaseOfAnotherShard_refuses() {
    RunKey run = newRun();
    commit(Samples.createClosed(run, WorkflowState.COMPLETED).build());
    ShardLease otherShard = acquired(newShard(), "another-owner", LONG);

    thrownBy(InvalidRequestException.class, () -> store().delete(run, otherShard));

    assertThat(store().find(run)).isPresent();
  }

  @Test
  @Scenario("EX-33")
  void delete_whenRunIsOpenAndCurrent_refuses() {
    RunKey run = startedRun();
    ShardLease shard = acquireShardFor(run.workflowId());

    thrownBy(InvalidRequestException.class, () -> store().delete(run, shard));

    assertThat(store().find(run)).isPresent();
    assertThat(persistence().history().size(run).count()).isEqualTo(1);
  }

  @Test
  @Scenario("EX-36")
  void find_returnsExecutionStateByteForByte() {
    int limit = persistence().limits().executionStateBytes();
    for (int size : new int[] {0, 1, 65_535, 65_536, 2 * 1024 * 1024, limit}) {
      RunKey run = newRun();
      Bytes state = randomBytes(size);

      commit(
          CreateRun.builder(
                  run, CreateMode.brandNew(), Samples.definition(), RunState.running(state))
              .build());

      assertThat(store().find(run).orElseThrow().execution().state().executionState())
          .as("%d bytes", size)
          .isEqualTo(state);
    }
  }

  @Test
  @Scenario("EX-36")
  void commit_whenExecutionStateIsTooLarge_refuses() {
    RunKey run = newRun();
    int limit = persistence().limits().executionStateBytes();
    CreateRun create =
        CreateRun.builder(
                run,
                CreateMode.brandNew(),
                Samples.definition(),
                RunState.running(randomBytes(limit + 1)))
            .build();

    LimitExceededException refused = thrownBy(LimitExceededException.class, () -> commit(create));

    assertThat(refused.limit()).isEqualTo("executionStateBytes");
    assertThat(refused.actual()).isEqualTo(limit + 1);
    assertThat(refused.maximum()).isEqualTo(limit);
    assertThat(store().find(run)).isEmpty();
  }

  @Test
  @Scenario("EX-36")
  void commit_acceptsJsonUpToTheLimit() {
    RunKey run = newRun();
    int limit = persistence().limits().blobBytes();
    Json largest = Json.of("{\"a\":\"" + "x".repeat(limit - 8) + "\"}");
    Json tooLarge = Json.of("{\"a\":\"" + "x".repeat(limit - 7) + "\"}");

    commit(Samples.create(run, CreateMode.brandNew()).event(large(1, largest)).build());
    thrownBy(
        LimitExceededException.class,
        () -> commit(Samples.update(run, 1).event(large(2, tooLarge)).build()));

    assertThat(persistence().history().find(run, 1).orElseThrow().data()).isEqualTo(largest);
    assertThat(persistence().history().size(run).lastEventId()).isEqualTo(1);
  }

  private static HistoryEvent large(long eventId, Json data) {
    return new HistoryEvent(eventId, "Blob", Samples.STARTED, data);
  }

  private static Bytes randomBytes(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return Bytes.copyOf(content);
  }

  @Test
  @Scenario("EX-39")
  void trimCommits_deletesOldCommitsUpToTheLimit() {
    Persistence own = freshDatabase().persistence();
    Workbench bench = Workbench.on(own);
    RunKey run = bench.startedRun();
    WorkflowTransaction second = bench.transaction(Samples.update(run, 1).build()).build();
    own.executions().commit(second);
    bench.startedRun();

    assertThat(own.executions().trimCommits(Duration.ofDays(1), 1000)).isZero();
    assertThat(own.executions().commit(second).isApplied()).isTrue();
    assertThat(own.executions().trimCommits(Duration.ZERO, 2)).isEqualTo(2);
    assertThat(own.executions().trimCommits(Duration.ZERO, 2)).isEqualTo(1);
    thrownBy(VersionConflictException.class, () -> own.executions().commit(second));
    thrownBy(InvalidRequestException.class, () -> store().trimCommits(Duration.ZERO, 0));
    thrownBy(InvalidRequestException.class, () -> store().trimCommits(Duration.ZERO, 1001));
  }

  private static List<RunKey> keys(List<RunSummary> runs) {
    return runs.stream().map(RunSummary::key).toList();
  }
}
