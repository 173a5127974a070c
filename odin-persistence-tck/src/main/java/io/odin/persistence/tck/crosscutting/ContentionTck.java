package io.odin.persistence.tck.crosscutting;

import static io.odin.persistence.tck.harness.Concurrently.COMPETITORS;
import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.QueueDepth;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.task.AbstractTaskQueueTck;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guarantees under contention: many threads that do the same at the same time. */
public abstract class ContentionTck extends AbstractTaskQueueTck {

  /** The time after which a drain that misses a task fails. */
  private static final Duration TIMEOUT = Duration.ofSeconds(100);

  /** For backends. */
  protected ContentionTck() {}

  @Test
  @Scenario("EX-12")
  void commit_manyStartOneWorkflowId_oneRunIsCreated() {
    String workflowId = newWorkflowId();
    acquireShardFor(workflowId);

    CommitResult winner =
        Concurrently.run(32, i -> commit(Samples.create(RunKey.create(namespace(), workflowId))))
            .onlyWinner(CurrentRunConflictException.class);

    RunKey started = winner.runs().getFirst().key();
    assertThat(persistence().executions().findCurrent(started.workflow()).orElseThrow().key())
        .isEqualTo(started);
    assertThat(runs(started)).hasSize(1);
  }

  @Test
  @Scenario("EX-09")
  void commit_manyStartUsingTheExisting_allGetTheSameRun() {
    String workflowId = newWorkflowId();
    CreateMode mode =
        CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.useExisting());

    List<CommitResult> results =
        Concurrently.run(COMPETITORS, i -> start(workflowId, mode, "request-" + i)).allSucceeded();

    RunKey started = onlyApplied(results);
    assertThat(runs(started)).extracting(RunSummary::key).containsExactly(started);
  }

  @Test
  @Scenario("EX-11")
  void commit_manySendOneStartRequest_allGetTheSameRun() {
    String workflowId = newWorkflowId();
    CreateMode mode = CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.fail());

    List<CommitResult> results =
        Concurrently.run(COMPETITORS, i -> start(workflowId, mode, "request-1")).allSucceeded();

    RunKey started = onlyApplied(results);
    assertThat(runs(started)).extracting(RunSummary::key).containsExactly(started);
  }

  /** The run that one result has started and that all other results return. */
  private static RunKey onlyApplied(List<CommitResult> results) {
    List<CommitResult> applied = results.stream().filter(CommitResult::isApplied).toList();
    assertThat(applied).hasSize(1);
    RunKey started = applied.getFirst().runs().getFirst().key();
    assertThat(results.stream().flatMap(result -> result.existing().stream()))
        .hasSize(results.size() - 1)
        .extracting(RunSummary::key)
        .containsOnly(started);
    return started;
  }

  @Test
  @Scenario("EX-10")
  void commit_manyStartTerminatingTheExisting_oneRunStaysOpen() {
    String workflowId = newWorkflowId();
    CreateMode mode =
        CreateMode.byPolicy(
            IdReusePolicy.ALLOW_DUPLICATE,
            OpenRunPolicy.terminateExisting("Terminated", Samples.ENDED, Json.emptyObject()));

    List<CommitResult> results =
        Concurrently.run(COMPETITORS, i -> start(workflowId, mode, "request-" + i)).allSucceeded();

    RunKey any = results.getFirst().runs().getFirst().key();
    assertThat(runs(any)).hasSize(COMPETITORS);
    assertThat(runs(any).stream().filter(run -> !run.state().isClosed()))
        .containsExactly(persistence().executions().findCurrent(any.workflow()).orElseThrow());
    assertThat(runs(any))
        .allSatisfy(run -> assertThat(persistence().history().validate(run.key())).isEmpty());
  }

  private CommitResult start(String workflowId, CreateMode mode, String requestId) {
    RunDefinition definition =
        RunDefinition.builder("OrderWorkflow", "orders", Samples.STARTED)
            .startRequestId(requestId)
            .build();
    return commit(
        CreateRun.builder(
                RunKey.create(namespace(), workflowId), mode, definition, Samples.running())
            .event(Samples.event(1))
            .build());
  }

  private List<RunSummary> runs(RunKey any) {
    return allPages(100, page -> persistence().executions().listRuns(any.workflow(), page));
  }

  @Test
  @Scenario("EX-20")
  void commit_manyUpdateOneVersion_oneSucceeds() {
    RunKey run = startedRun();

    CommitResult winner =
        Concurrently.run(
                COMPETITORS, i -> commit(Samples.update(run, 1).event(Samples.event(2)).build()))
            .onlyWinner(VersionConflictException.class);

    assertThat(winner.runs().getFirst().version()).isEqualTo(2);
    assertThat(load(run).version()).isEqualTo(2);
    assertThat(persistence().history().size(run).lastEventId()).isEqualTo(2);
  }

  @Test
  @Scenario("EX-21")
  void commit_manyReadModifyWrite_loseNoUpdate() {
    RunKey run = startedRun();
    ShardLease shard = acquireShardFor(run.workflowId());
    int each = 50;

    Concurrently.run(
            COMPETITORS,
            i -> {
              for (int done = 0; done < each; done++) {
                addOneEvent(shard, run);
              }
              return i;
            })
        .allSucceeded();

    assertThat(load(run).version()).isEqualTo(1 + COMPETITORS * each);
    assertThat(persistence().history().size(run).count()).isEqualTo(1 + COMPETITORS * each);
    assertThat(persistence().history().validate(run)).isEmpty();
  }

  private WorkflowExecution load(RunKey run) {
    return persistence().executions().find(run).orElseThrow().execution();
  }

  private void addOneEvent(ShardLease shard, RunKey run) {
    while (true) {
      WorkflowExecution seen = load(run);
      try {
        persistence()
            .executions()
            .commit(
                transaction(
                        shard,
                        Samples.update(run, seen.version())
                            .event(Samples.event(seen.nextEventId()))
                            .build())
                    .build());
        return;
      } catch (VersionConflictException conflict) {
        // Another commit was first: read and decide again, as the exception advises.
      }
    }
  }

  @Test
  @Scenario("TQ-23")
  void enqueue_manySendOneTask_itIsStoredOnce() {
    NewTask task = task().taskId(7).build();

    List<TaskKey> keys = Concurrently.run(COMPETITORS, i -> store().enqueue(task)).allSucceeded();

    assertThat(keys).containsOnly(new TaskKey(queue(), 7));
    assertThat(pollIds(10)).containsExactly(7L);
  }

  @Test
  @Scenario("TQ-23")
  void enqueueAll_overlappingBatchesInAnyOrder_causeNoDeadlock() {
    List<NewTask> batch = new ArrayList<>();
    for (int id = 1; id <= 100; id++) {
      batch.add(task().taskId(id).build());
    }

    Concurrently.run(COMPETITORS, i -> store().enqueueAll(i % 2 == 0 ? batch : batch.reversed()))
        .allSucceeded();

    assertThat(store().depth(queue()).ready()).isEqualTo(100);
  }

  @Test
  @Scenario({"TQ-06", "TQ-08"})
  void poll_byEightPollers_deliversEachTaskOnceAndStarvesNoPoller() {
    enqueueMany(3_000);

    Drain drain = drain(8, 1, 3_000);

    assertThat(drain.leases()).hasSize(3_000);
    assertThat(drain.leases()).extracting(TaskLease::task).doesNotHaveDuplicates();
    assertThat(drain.leases()).extracting(TaskLease::leaseId).doesNotHaveDuplicates();
    assertThat(drain.leases()).extracting(TaskLease::attempt).containsOnly(1);
    assertThat(drain.starved()).as("empty polls while tasks were ready").isZero();
  }

  @Test
  @Scenario({"TQ-07", "TQ-08"})
  void poll_inBatches_deliversEachTaskOnceAndStarvesNoPoller() {
    enqueueMany(6_000);

    Drain drain = drain(COMPETITORS, 10, 6_000);

    assertThat(drain.leases()).hasSize(6_000);
    assertThat(drain.leases()).extracting(TaskLease::task).doesNotHaveDuplicates();
    assertThat(drain.starved()).as("empty polls while tasks were ready").isZero();
  }

  private void enqueueMany(int count) {
    for (int from = 0; from < count; from += 1000) {
      store()
          .enqueueAll(
              IntStream.range(0, 1000).mapToObj(i -> task().priority(1 + i % 5).build()).toList());
    }
  }

  /**
   * The tasks that pollers have leased until the queue was empty.
   *
   * @param leases in no order
   * @param starved empty polls while more tasks were left than all other pollers could lease at
   *     that moment
   */
  private record Drain(List<TaskLease> leases, int starved) {}

  private Drain drain(int pollers, int maximum, int ready) {
    AtomicInteger delivered = new AtomicInteger();
    AtomicInteger starved = new AtomicInteger();
    List<TaskLease> leases =
        Concurrently.run(
                pollers,
                i -> {
                  List<TaskLease> mine = new ArrayList<>();
                  Instant deadline = Instant.now().plus(TIMEOUT);
                  while (delivered.get() < ready && Instant.now().isBefore(deadline)) {
                    List<LeasedTask> tasks = store().poll(request("worker-" + i, LONG, maximum));
                    tasks.forEach(leased -> mine.add(leased.lease()));
                    int inFlight = pollers * maximum;
                    if (tasks.isEmpty() && ready - delivered.get() > inFlight) {
                      starved.incrementAndGet();
                    }
                    delivered.addAndGet(tasks.size());
                  }
                  return mine;
                })
            .allSucceeded()
            .stream()
            .flatMap(List::stream)
            .toList();
    return new Drain(leases, starved.get());
  }

  @Test
  @Scenario("TQ-06")
  void poll_whileOthersCompleteAndFail_leasesEachTaskToOneAtATime() {
    enqueueMany(1_000);
    AtomicInteger left = new AtomicInteger(1_000);
    Set<TaskKey> held = ConcurrentHashMap.newKeySet();
    TaskFailure tryAgain = new TaskFailure("once more", Duration.ZERO, 9);

    List<UUID> leaseIds =
        Concurrently.run(
                COMPETITORS,
                i -> {
                  List<UUID> mine = new ArrayList<>();
                  Instant deadline = Instant.now().plus(TIMEOUT);
                  while (left.get() > 0 && Instant.now().isBefore(deadline)) {
                    for (LeasedTask leased : store().poll(request("worker-" + i, LONG, 5))) {
                      TaskLease lease = leased.lease();
                      mine.add(lease.leaseId());
                      assertThat(held.add(lease.task())).as("%s is free", lease.task()).isTrue();
                      held.remove(lease.task());
                      if (lease.attempt() == 1 && lease.task().taskId() % 3 == 0) {
                        store().fail(lease, tryAgain);
                      } else {
                        store().complete(lease);
                        left.decrementAndGet();
                      }
                    }
                  }
                  return mine;
                })
            .allSucceeded()
            .stream()
            .flatMap(List::stream)
            .toList();

    assertThat(left).hasValue(0);
    assertThat(leaseIds).doesNotHaveDuplicates();
    assertThat(store().depth(queue())).isEqualTo(new QueueDepth(0, 0, 0, 0, Optional.empty()));
  }
}
