package io.odin.persistence.tck.execution;

import static io.odin.persistence.tck.harness.Samples.event;
import static io.odin.persistence.tck.harness.Samples.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.HistoryConflictException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.QueueDepth;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.database.CommitPart;
import io.odin.persistence.tck.database.WriteFailure;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.tck.harness.Workbench;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.Tags;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A commit is applied as a whole or not at all, for each way in which it can fail. */
public abstract class CommitAtomicityTck extends StoreTck {

  private static final NewSignal SIGNAL = new NewSignal("signal", "cancel", Json.emptyObject());
  private static final QueryAnswer ANSWER = QueryAnswer.result(Json.emptyObject());

  /** For backends. */
  protected CommitAtomicityTck() {}

  private TaskQueue queue() {
    return new TaskQueue(namespace(), "activities", TaskType.ACTIVITY);
  }

  private LeasedTask leasedTask(RunKey run, Duration leaseFor) {
    persistence().taskQueues().enqueue(NewTask.of(queue(), run, Json.emptyObject()));
    return persistence()
        .taskQueues()
        .poll(PollRequest.of(queue(), "worker-a", leaseFor, 1))
        .getFirst();
  }

  /** A transaction that writes every part. */
  private WorkflowTransaction.Builder everything(RunChange change, TaskLease completes) {
    NewTask next = NewTask.of(queue(), change.key(), Json.of("{\"next\":true}"));
    QueryKey query = persistence().queryResults().request(status(change.key()));
    return transaction(change)
        .queryCompletion(new QueryCompletion(query, ANSWER))
        .enqueue(next)
        .completes(completes);
  }

  private static UpdateRun everyPart(RunKey run, long expectedVersion, long firstEvent) {
    return UpdateRun.builder(run, expectedVersion, Samples.fullState())
        .history(events(firstEvent, firstEvent + 2))
        .timer(new TimerUpsert("new", Samples.ENDED, Json.emptyObject()))
        .deleteTimer(TimerDelete.cancel("old"))
        .consumeSignal(SIGNAL.signalId())
        .visibility(Samples.visibility(run).build())
        .tags(Tags.of(Map.of("new", "tag")))
        .build();
  }

  private static NewQuery status(RunKey run) {
    return NewQuery.create(run, "status", Json.emptyObject(), LONG);
  }

  private RunKey runWithTimer() {
    RunKey run = newRun();
    commit(
        Samples.create(run, CreateMode.brandNew())
            .event(event(1))
            .timer(new TimerUpsert("old", Samples.ENDED, Json.emptyObject()))
            .build());
    persistence().signals().put(run, SIGNAL);
    return run;
  }

  @Test
  @Scenario("EX-14")
  void commit_writesAllParts() {
    RunKey run = runWithTimer();
    LeasedTask leased = leasedTask(run, LONG);
    WorkflowTransaction transaction = everything(everyPart(run, 1, 2), leased.lease()).build();

    persistence().executions().commit(transaction);

    RunSnapshot stored = persistence().executions().find(run).orElseThrow();
    assertThat(stored.execution().version()).isEqualTo(2);
    assertThat(stored.timers()).singleElement().extracting("timerId").isEqualTo("new");
    assertThat(stored.signals()).isEmpty();
    QueryKey query = transaction.queryCompletions().getFirst().query();
    assertThat(persistence().queryResults().find(query).orElseThrow().completion()).isPresent();
    assertThat(persistence().history().size(run).lastEventId()).isEqualTo(4);
    QueueDepth depth = persistence().taskQueues().depth(queue());
    assertThat(depth.ready()).isEqualTo(1);
    assertThat(depth.leased()).isZero();
    LeasedTask next =
        persistence().taskQueues().poll(PollRequest.of(queue(), "worker-a", LONG, 10)).getFirst();
    assertThat(next.task().data()).isEqualTo(Json.of("{\"next\":true}"));
    assertThat(next.task().run()).isEqualTo(run);
    assertThat(persistence().visibility().find(run)).contains(Samples.visibility(run).build());
    assertThat(persistence().visibility().tags(run)).isEqualTo(Tags.of(Map.of("new", "tag")));
  }

  @Test
  @Scenario("EX-14")
  void commit_whenVersionIsStale_writesNothing() {
    RunKey run = runWithTimer();
    commit(Samples.update(run, 1).build());
    LeasedTask leased = leasedTask(run, LONG);

    assertLeavesNoTrace(
        VersionConflictException.class, run, everything(everyPart(run, 1, 2), leased.lease()));
  }

  @Test
  @Scenario("EX-14")
  void commit_whenHistoryHasAGap_writesNothing() {
    RunKey run = runWithTimer();
    LeasedTask leased = leasedTask(run, LONG);

    HistoryConflictException conflict =
        assertLeavesNoTrace(
            HistoryConflictException.class, run, everything(everyPart(run, 1, 3), leased.lease()));

    assertThat(conflict.expected()).isEqualTo(2);
    assertThat(conflict.actual()).isEqualTo(3);
  }

  @Test
  @Scenario("EX-14")
  void commit_whenATaskIdIsTaken_writesNothing() {
    RunKey run = runWithTimer();
    LeasedTask leased = leasedTask(run, LONG);
    TaskKey taken =
        persistence()
            .taskQueues()
            .enqueue(NewTask.builder(queue(), run, Json.emptyObject()).taskId(77).build());
    NewTask other = NewTask.builder(queue(), run, Json.of("{\"other\":1}")).taskId(77).build();

    AlreadyExistsException refused =
        assertLeavesNoTrace(
            AlreadyExistsException.class,
            run,
            everything(everyPart(run, 1, 2), leased.lease()).enqueue(other));

    assertThat(refused.kind()).isEqualTo("task");
    assertThat(refused.existing(TaskKey.class)).isEqualTo(taken);
  }

  @Test
  @Scenario("EX-17")
  void commit_whenTheSecondRunFails_writesNothingOfTheFirst() {
    RunKey run = runWithTimer();
    LeasedTask leased = leasedTask(run, LONG);
    RunKey taken = RunKey.create(run.namespace(), run.workflowId());
    commit(Samples.create(taken, CreateMode.bypassCurrent()).build());
    UpdateRun closing =
        UpdateRun.builder(run, 1, Samples.closed(WorkflowState.CONTINUED_AS_NEW))
            .history(events(2, 4))
            .signalsSeen(1)
            .build();

    assertLeavesNoTrace(
        AlreadyExistsException.class,
        run,
        everything(closing, leased.lease())
            .change(
                Samples.create(taken, CreateMode.replaceClosed(run.runId()))
                    .event(event(1))
                    .build()));
  }

  @Test
  @Scenario({"EX-24", "TQ-30"})
  void commit_whenTheTaskWasTakenOver_writesNothing() {
    RunKey run = runWithTimer();
    LeasedTask lost = leasedTask(run, SHORT);
    await()
        .until(
            () ->
                !persistence()
                    .taskQueues()
                    .poll(PollRequest.of(queue(), "worker-b", LONG, 1))
                    .isEmpty());

    LeaseLostException refused =
        assertLeavesNoTrace(
            LeaseLostException.class, run, everything(everyPart(run, 1, 2), lost.lease()));

    assertThat(refused.reason()).isEqualTo(LeaseLostException.Reason.TAKEN_OVER);
  }

  @Test
  @Scenario({"EX-24", "TQ-30"})
  void commit_whenTheTaskLeaseHasExpired_writesNothing() {
    RunKey run = runWithTimer();
    LeasedTask lost = leasedTask(run, SHORT);
    await().until(() -> databaseNow().isAfter(lost.lease().expiresAt()));

    LeaseLostException refused =
        assertLeavesNoTrace(
            LeaseLostException.class, run, everything(everyPart(run, 1, 2), lost.lease()));

    assertThat(refused.reason()).isEqualTo(LeaseLostException.Reason.EXPIRED);
  }

  private <E extends PersistenceException> E assertLeavesNoTrace(
      Class<E> failure, RunKey run, WorkflowTransaction.Builder transaction) {
    RunSnapshot before = persistence().executions().find(run).orElseThrow();
    Map<String, Long> rows = database().rowCounts(namespace());
    QueueDepth depth = persistence().taskQueues().depth(queue());

    E thrown = thrownBy(failure, () -> persistence().executions().commit(transaction.build()));

    assertThat(thrown.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(persistence().executions().find(run)).contains(before);
    assertThat(database().rowCounts(namespace())).isEqualTo(rows);
    assertThat(persistence().taskQueues().depth(queue()))
        .usingRecursiveComparison()
        .ignoringFields("oldestReady")
        .isEqualTo(depth);
    return thrown;
  }

  @Test
  @Scenario("EX-24")
  void commit_whenAnyPartCannotBeWritten_writesNothing() {
    OpenDatabase own = freshDatabase();
    Workbench bench = Workbench.on(own.persistence());
    for (CommitPart part : CommitPart.values()) {
      RunKey run = bench.startedRun();
      bench.enqueue();
      LeasedTask leased = bench.poll(1).getFirst();
      own.persistence().signals().put(run, SIGNAL);
      QueryKey query = own.persistence().queryResults().request(status(run));
      ScheduleLease due = bench.dueSchedule(own.database());
      RunKey next = RunKey.create(run.namespace(), run.workflowId());
      WorkflowTransaction transaction =
          bench
              .transaction(
                  UpdateRun.builder(run, 1, Samples.closed(WorkflowState.CONTINUED_AS_NEW))
                      .event(event(2))
                      .signalsSeen(1)
                      .consumeSignal(SIGNAL.signalId())
                      .build(),
                  Samples.create(next, CreateMode.replaceClosed(run.runId()))
                      .event(event(1))
                      .timer(new TimerUpsert("t", Samples.ENDED, Json.emptyObject()))
                      .visibility(Samples.visibility(next).build())
                      .tags(Tags.of(Map.of("part", part.name())))
                      .build())
              .queryCompletion(new QueryCompletion(query, ANSWER))
              .enqueue(bench.task())
              .completes(leased.lease())
              .advances(due)
              .build();
      RunSnapshot before = own.persistence().executions().find(run).orElseThrow();
      Map<String, Long> rows = own.database().rowCounts(bench.namespace());

      PersistenceException failure =
          own.database()
              .failWrites(part, WriteFailure.BROKEN)
              .during(
                  () ->
                      thrownBy(
                          PersistenceException.class,
                          () -> own.persistence().executions().commit(transaction)));

      assertThat(failure.outcome()).as("%s", part).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(own.persistence().executions().find(run)).as("%s", part).contains(before);
      assertThat(own.database().rowCounts(bench.namespace())).as("%s", part).isEqualTo(rows);
      assertThat(own.persistence().executions().commit(transaction).isApplied())
          .as("the same transaction once %s can be written", part)
          .isTrue();
    }
  }

  @Test
  @Scenario("EX-40")
  void commit_whenSeveralConditionsFail_namesTheFirst() {
    int shardId = newShard();
    RunKey run = RunKey.create(namespace(), newWorkflowIdIn(shardId));
    ShardLease lost = acquireShardFor(run.workflowId());
    commit(Samples.create(run));
    persistence().shards().release(lost);
    acquireShardFor(run.workflowId());
    RunKey bypassing = RunKey.create(namespace(), run.workflowId());
    commit(Samples.create(bypassing, CreateMode.bypassCurrent()).event(event(1)).build());
    RunKey missing = RunKey.create(namespace(), run.workflowId());
    UpdateRun staleVersion = Samples.update(bypassing, 9).event(event(7)).build();
    UpdateRun updateOfNotCurrent = Samples.update(bypassing, 1).event(event(7)).build();

    thrownBy(
        ShardOwnershipLostException.class,
        () ->
            persistence()
                .executions()
                .commit(transaction(lost, Samples.update(missing, 1).build()).build()));
    thrownBy(
        NotFoundException.class, () -> commit(staleVersion, Samples.update(missing, 1).build()));
    thrownBy(
        AlreadyExistsException.class,
        () -> commit(staleVersion, Samples.create(run, CreateMode.bypassCurrent()).build()));
    thrownBy(VersionConflictException.class, () -> commit(staleVersion));
    thrownBy(CurrentRunConflictException.class, () -> commit(updateOfNotCurrent));

    assertThat(persistence().history().size(bypassing).lastEventId()).isEqualTo(1);
  }
}
