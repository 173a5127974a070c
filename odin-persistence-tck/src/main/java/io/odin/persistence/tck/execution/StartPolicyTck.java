package io.odin.persistence.tck.execution;

import static io.odin.persistence.tck.harness.Samples.event;
import static io.odin.persistence.tck.harness.Samples.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.Retry;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CommitResult.RunVersion;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Starting runs: the conditions on the current run of the workflow id, and its fate. */
public abstract class StartPolicyTck extends StoreTck {

  private static final CreateMode ALLOW =
      CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.fail());

  /** For backends. */
  protected StartPolicyTck() {}

  private RunSummary current(RunKey anyRun) {
    return persistence().executions().findCurrent(anyRun.workflow()).orElseThrow();
  }

  private Optional<RunSnapshot> find(RunKey run) {
    return persistence().executions().find(run);
  }

  private static RunKey another(RunKey run) {
    return RunKey.create(run.namespace(), run.workflowId());
  }

  private static CreateRun start(RunKey run, CreateMode mode, String requestId) {
    RunDefinition definition =
        RunDefinition.builder("OrderWorkflow", "orders", Samples.STARTED)
            .startRequestId(requestId)
            .build();
    return CreateRun.builder(run, mode, definition, running()).event(event(1)).build();
  }

  private RunKey closedRun(WorkflowState state) {
    RunKey run = newRun();
    commit(Samples.createClosed(run, state).build());
    return run;
  }

  @Test
  @Scenario("EX-01")
  void commit_brandNew_storesTheRunAndMakesItCurrent() {
    RunKey run = newRun();

    CommitResult result = commit(Samples.create(run));

    assertThat(result.isApplied()).isTrue();
    assertThat(result.runs()).containsExactly(new RunVersion(run, 1));
    assertThat(current(run).key()).isEqualTo(run);
    assertThat(find(run).orElseThrow().execution().version()).isEqualTo(1);
  }

  @Test
  @Scenario("EX-02")
  void commit_brandNew_whenARunIsOpen_conflictsAndDescribesIt() {
    RunKey open = newRun();
    commit(start(open, CreateMode.brandNew(), "request-1"));
    commit(Samples.update(open, 1).build());
    RunKey another = another(open);

    CurrentRunConflictException conflict =
        thrownBy(CurrentRunConflictException.class, () -> commit(Samples.create(another)));

    RunSummary described = conflict.current().orElseThrow();
    assertThat(described.key()).isEqualTo(open);
    assertThat(described.state()).isEqualTo(WorkflowState.RUNNING);
    assertThat(described.version()).isEqualTo(2);
    assertThat(described.startRequestId()).contains("request-1");
    assertThat(described.startedAt()).isEqualTo(Samples.STARTED);
    assertThat(conflict.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(conflict.retry()).isEqualTo(Retry.AFTER_RELOAD);
    assertThat(find(another)).isEmpty();
  }

  @Test
  @Scenario("EX-02")
  void commit_brandNew_whenARunIsClosed_conflicts() {
    RunKey ended = closedRun(WorkflowState.FAILED);

    CurrentRunConflictException conflict =
        thrownBy(CurrentRunConflictException.class, () -> commit(Samples.create(another(ended))));

    assertThat(conflict.current().orElseThrow().state()).isEqualTo(WorkflowState.FAILED);
    assertThat(current(ended).key()).isEqualTo(ended);
  }

  @Test
  @Scenario("EX-03")
  void commit_whenRunIdIsTaken_failsAndKeepsTheRun() {
    RunKey run = newRun();
    commit(
        Samples.create(run, CreateMode.brandNew())
            .event(event(1))
            .timer(new TimerUpsert("kept", Samples.ENDED, Json.emptyObject()))
            .build());
    RunSnapshot before = find(run).orElseThrow();

    AlreadyExistsException refused =
        thrownBy(
            AlreadyExistsException.class,
            () ->
                commit(
                    Samples.create(run, CreateMode.bypassCurrent())
                        .timer(new TimerUpsert("another", Samples.ENDED, Json.emptyObject()))
                        .build()));

    assertThat(refused.kind()).isEqualTo("run");
    assertThat(refused.existing(RunSummary.class)).isEqualTo(current(run));
    assertThat(find(run)).contains(before);
  }

  @Test
  @Scenario("EX-04")
  void commit_replaceClosed_makesTheNewRunCurrent() {
    RunKey ended = closedRun(WorkflowState.COMPLETED);
    RunKey next = another(ended);

    commit(Samples.create(next, CreateMode.replaceClosed(ended.runId())).event(event(1)).build());

    assertThat(current(ended).key()).isEqualTo(next);
    assertThat(find(ended).orElseThrow().execution().state().state())
        .isEqualTo(WorkflowState.COMPLETED);
  }

  @Test
  @Scenario("EX-05")
  void commit_replaceClosed_whenAnotherRunIsCurrent_conflicts() {
    RunKey first = closedRun(WorkflowState.COMPLETED);
    RunKey second = another(first);
    commit(Samples.create(second, CreateMode.replaceClosed(first.runId())).build());
    RunKey late = another(first);

    CurrentRunConflictException conflict =
        thrownBy(
            CurrentRunConflictException.class,
            () -> commit(Samples.create(late, CreateMode.replaceClosed(first.runId())).build()));

    assertThat(conflict.current().orElseThrow().key()).isEqualTo(second);
    assertThat(find(late)).isEmpty();
  }

  @Test
  @Scenario("EX-05")
  void commit_replaceClosed_whenTheRunIsOpenOrMissing_conflicts() {
    RunKey open = startedRun();
    RunKey unknown = newRun();

    CurrentRunConflictException stillOpen =
        thrownBy(
            CurrentRunConflictException.class,
            () ->
                commit(
                    Samples.create(another(open), CreateMode.replaceClosed(open.runId())).build()));
    CurrentRunConflictException missing =
        thrownBy(
            CurrentRunConflictException.class,
            () ->
                commit(
                    Samples.create(unknown, CreateMode.replaceClosed(UUID.randomUUID())).build()));

    assertThat(stillOpen.current().orElseThrow().key()).isEqualTo(open);
    assertThat(missing.current()).isEmpty();
    assertThat(find(unknown)).isEmpty();
  }

  @Test
  @Scenario("EX-06")
  void commit_bypassCurrent_storesAnOpenRunAndKeepsTheCurrentOne() {
    RunKey currentRun = startedRun();
    RunKey bypassing = another(currentRun);

    commit(Samples.create(bypassing, CreateMode.bypassCurrent()).event(event(1)).build());

    assertThat(find(bypassing).orElseThrow().execution().state().state())
        .isEqualTo(WorkflowState.RUNNING);
    assertThat(current(currentRun).key()).isEqualTo(currentRun);
  }

  @Test
  @Scenario("EX-06")
  void commit_bypassCurrent_whenThereIsNoCurrentRun_createsNone() {
    RunKey imported = newRun();

    commit(Samples.create(imported, CreateMode.bypassCurrent()).build());

    assertThat(persistence().executions().findCurrent(imported.workflow())).isEmpty();
    assertThat(commit(Samples.create(another(imported))).isApplied()).isTrue();
  }

  @Test
  @Scenario("EX-07")
  void commit_createsClosedRunsInEveryMode() {
    RunKey first = newRun();
    RunKey second = another(first);
    RunKey third = another(first);
    RunKey imported = another(first);

    commit(ended(first, CreateMode.brandNew()));
    assertThat(current(first).key()).isEqualTo(first);
    commit(ended(second, CreateMode.replaceClosed(first.runId())));
    assertThat(current(first).key()).isEqualTo(second);
    commit(ended(third, ALLOW));
    assertThat(current(first).key()).isEqualTo(third);
    commit(ended(imported, CreateMode.bypassCurrent()));
    assertThat(current(first).key()).isEqualTo(third);

    assertThat(current(first).state()).isEqualTo(WorkflowState.TIMED_OUT);
    assertThat(find(imported).orElseThrow().execution().state().completedAt())
        .contains(Samples.ENDED);
  }

  private static CreateRun ended(RunKey run, CreateMode mode) {
    return CreateRun.builder(
            run, mode, Samples.definition(), Samples.closed(WorkflowState.TIMED_OUT))
        .build();
  }

  @Test
  @Scenario("EX-08")
  void commit_byPolicy_reusesIdsOfClosedRunsAsThePolicySays() {
    for (WorkflowState closedAs : WorkflowState.values()) {
      for (IdReusePolicy policy : IdReusePolicy.values()) {
        if (closedAs.isClosed()) {
          startAgain(closedAs, policy);
        }
      }
    }
  }

  private void startAgain(WorkflowState closedAs, IdReusePolicy policy) {
    RunKey ended = closedRun(closedAs);
    RunKey next = another(ended);
    CreateRun start =
        Samples.create(next, CreateMode.byPolicy(policy, OpenRunPolicy.fail()))
            .event(event(1))
            .build();
    String cell = closedAs + " then " + policy;

    if (mayFollow(closedAs, policy)) {
      assertThat(commit(start).isApplied()).as(cell).isTrue();
      assertThat(current(ended).key()).as(cell).isEqualTo(next);
    } else {
      CurrentRunConflictException conflict =
          thrownBy(CurrentRunConflictException.class, () -> commit(start));
      assertThat(conflict.current().orElseThrow().key()).as(cell).isEqualTo(ended);
      assertThat(conflict.current().orElseThrow().state()).as(cell).isEqualTo(closedAs);
      assertThat(current(ended).key()).as(cell).isEqualTo(ended);
      assertThat(find(next)).as(cell).isEmpty();
    }
  }

  /** The expected table, independent of the API that the backend uses. */
  private static boolean mayFollow(WorkflowState closedAs, IdReusePolicy policy) {
    List<WorkflowState> failed =
        List.of(
            WorkflowState.FAILED,
            WorkflowState.CANCELED,
            WorkflowState.TERMINATED,
            WorkflowState.TIMED_OUT);
    return switch (policy) {
      case ALLOW_DUPLICATE -> true;
      case ALLOW_DUPLICATE_FAILED_ONLY -> failed.contains(closedAs);
      case REJECT_DUPLICATE -> false;
    };
  }

  @Test
  @Scenario("EX-08")
  void commit_byPolicy_whenThereIsNoRun_starts() {
    RunKey run = newRun();

    commit(
        Samples.create(
                run, CreateMode.byPolicy(IdReusePolicy.REJECT_DUPLICATE, OpenRunPolicy.fail()))
            .build());

    assertThat(current(run).key()).isEqualTo(run);
  }

  @Test
  @Scenario("EX-08")
  void commit_byPolicyFail_whenARunIsOpen_conflicts() {
    RunKey open = startedRun();

    CurrentRunConflictException conflict =
        thrownBy(
            CurrentRunConflictException.class,
            () -> commit(Samples.create(another(open), ALLOW).build()));

    assertThat(conflict.current().orElseThrow().key()).isEqualTo(open);
  }

  @Test
  @Scenario("EX-09")
  void commit_useExisting_returnsTheOpenRunAndWritesNothing() {
    RunKey open = startedRun();
    Map<String, Long> before = database().rowCounts(namespace());
    TaskQueue queue = new TaskQueue(namespace(), "starts", TaskType.WORKFLOW);
    RunKey unwanted = another(open);
    CreateRun start =
        Samples.create(
                unwanted,
                CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.useExisting()))
            .event(event(1))
            .timer(new TimerUpsert("timeout", Samples.ENDED, Json.emptyObject()))
            .build();

    CommitResult result =
        persistence()
            .executions()
            .commit(
                transaction(start)
                    .enqueue(NewTask.of(queue, unwanted, Json.emptyObject()))
                    .build());

    assertThat(result.isApplied()).isFalse();
    assertThat(result.runs()).isEmpty();
    assertThat(result.existing()).contains(current(open));
    assertThat(current(open).key()).isEqualTo(open);
    assertThat(current(open).version()).isEqualTo(1);
    assertThat(database().rowCounts(namespace())).isEqualTo(before);
  }

  @Test
  @Scenario("EX-10")
  void commit_terminateExisting_endsTheOpenRunAndStartsANewOneInOneCommit() {
    RunKey old = newRun();
    commit(
        Samples.create(old, CreateMode.brandNew())
            .history(Samples.events(1, 2))
            .timer(new TimerUpsert("timeout", Samples.ENDED, Json.emptyObject()))
            .build());
    RunKey fresh = another(old);
    Json reason = Json.of("{\"reason\":\"started again\"}");
    CreateMode mode =
        CreateMode.byPolicy(
            IdReusePolicy.ALLOW_DUPLICATE,
            OpenRunPolicy.terminateExisting("WorkflowTerminated", Samples.ENDED, reason));

    CommitResult result = commit(Samples.create(fresh, mode).event(event(1)).build());

    assertThat(result.isApplied()).isTrue();
    assertThat(result.runs()).containsExactly(new RunVersion(fresh, 1));
    assertThat(current(old).key()).isEqualTo(fresh);
    RunSnapshot terminated = find(old).orElseThrow();
    assertThat(terminated.execution().state().state()).isEqualTo(WorkflowState.TERMINATED);
    assertThat(terminated.execution().state().completedAt()).contains(Samples.ENDED);
    assertThat(terminated.execution().version()).isEqualTo(2);
    assertThat(terminated.timers()).isEmpty();
    HistoryEvent last =
        persistence()
            .history()
            .read(old, EventRange.from(3), PageRequest.first(9))
            .items()
            .getLast();
    assertThat(last.eventId()).isEqualTo(3);
    assertThat(last.eventType()).isEqualTo("WorkflowTerminated");
    assertThat(last.timestamp()).isEqualTo(Samples.ENDED);
    assertThat(last.data()).isEqualTo(reason);
    assertThat(persistence().history().validate(old)).isEmpty();
  }

  @Test
  @Scenario("EX-10")
  void commit_terminateExisting_whenTheRunIsClosed_followsTheReusePolicy() {
    RunKey ended = closedRun(WorkflowState.COMPLETED);
    RunKey next = another(ended);
    OpenRunPolicy terminate =
        OpenRunPolicy.terminateExisting("WorkflowTerminated", Samples.ENDED, Json.emptyObject());

    thrownBy(
        CurrentRunConflictException.class,
        () ->
            commit(
                Samples.create(next, CreateMode.byPolicy(IdReusePolicy.REJECT_DUPLICATE, terminate))
                    .build()));
    commit(
        Samples.create(next, CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, terminate))
            .build());

    assertThat(current(ended).key()).isEqualTo(next);
    assertThat(find(ended).orElseThrow().execution().state().state())
        .isEqualTo(WorkflowState.COMPLETED);
  }

  @Test
  @Scenario("EX-11")
  void commit_byPolicy_whenTheRequestStartedTheOpenRun_returnsIt() {
    RunKey run = newRun();
    commit(start(run, ALLOW, "request-7"));
    RunKey again = another(run);

    CommitResult repeated = commit(start(again, ALLOW, "request-7"));

    assertThat(repeated.isApplied()).isFalse();
    assertThat(repeated.existing()).contains(current(run));
    assertThat(current(run).key()).isEqualTo(run);
    assertThat(find(again)).isEmpty();
  }

  @Test
  @Scenario("EX-11")
  void commit_byPolicy_whenTheRequestStartedAClosedRun_returnsIt() {
    RunKey run = newRun();
    commit(start(run, ALLOW, "request-8"));
    commit(Samples.close(run, 1, WorkflowState.COMPLETED));
    RunKey again = another(run);
    CreateMode reject = CreateMode.byPolicy(IdReusePolicy.REJECT_DUPLICATE, OpenRunPolicy.fail());

    CommitResult repeated = commit(start(again, reject, "request-8"));

    assertThat(repeated.existing().orElseThrow().key()).isEqualTo(run);
    assertThat(repeated.existing().orElseThrow().state()).isEqualTo(WorkflowState.COMPLETED);
    assertThat(find(again)).isEmpty();
  }
}
