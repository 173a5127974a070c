package io.odin.persistence.tck.execution;

import static io.odin.persistence.tck.harness.Samples.event;
import static io.odin.persistence.tck.harness.Samples.events;
import static io.odin.persistence.tck.harness.Samples.fullState;
import static io.odin.persistence.tck.harness.Samples.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CommitResult.RunVersion;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateMode;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Updates of runs: versions, the current run, states, timers, and repeated commits. */
public abstract class CommitTck extends StoreTck {

  /** For backends. */
  protected CommitTck() {}

  private RunSnapshot load(RunKey run) {
    return persistence().executions().find(run).orElseThrow();
  }

  private WorkflowExecution execution(RunKey run) {
    return load(run).execution();
  }

  private RunKey current(RunKey anyRun) {
    return persistence().executions().findCurrent(anyRun.workflow()).orElseThrow().key();
  }

  private static RunKey another(RunKey run) {
    return RunKey.create(run.namespace(), run.workflowId());
  }

  /** An open run that is not the current one of its workflow id, at version 1. */
  private RunKey openRunBypassing(RunKey currentRun) {
    RunKey notCurrent = another(currentRun);
    commit(Samples.create(notCurrent, CreateMode.bypassCurrent()).event(event(1)).build());
    return notCurrent;
  }

  @Test
  @Scenario("EX-13")
  void commit_whenVersionMatches_replacesTheStateAndCountsTheVersion() {
    RunKey run = startedRun();
    RunState next = fullState();

    CommitResult result = commit(UpdateRun.builder(run, 1, next).history(events(2, 4)).build());

    assertThat(result)
        .isEqualTo(new CommitResult(List.of(new RunVersion(run, 2)), Optional.empty()));
    assertThat(execution(run).version()).isEqualTo(2);
    assertThat(execution(run).state()).isEqualTo(next);
    assertThat(execution(run).nextEventId()).isEqualTo(5);
    commit(Samples.update(run, 2).build());
    assertThat(execution(run).state()).isEqualTo(running());
  }

  @Test
  @Scenario("EX-13")
  void commit_whenTheRunCloses_keepsItCurrent() {
    RunKey run = startedRun();

    commit(
        UpdateRun.builder(
                run,
                1,
                Samples.closed(WorkflowState.COMPLETED).toBuilder().completionEventId(2).build())
            .event(event(2))
            .build());

    assertThat(execution(run).state().state()).isEqualTo(WorkflowState.COMPLETED);
    assertThat(execution(run).state().completedAt()).contains(Samples.ENDED);
    assertThat(execution(run).state().completionEventId()).hasValue(2);
    assertThat(persistence().executions().findCurrent(run.workflow()).orElseThrow())
        .satisfies(
            summary -> {
              assertThat(summary.key()).isEqualTo(run);
              assertThat(summary.state()).isEqualTo(WorkflowState.COMPLETED);
              assertThat(summary.completedAt()).contains(Samples.ENDED);
            });
  }

  @Test
  @Scenario("EX-13")
  void commit_whenRunIsMissing_isNotFound() {
    RunKey missing = newRun();

    NotFoundException refused =
        thrownBy(NotFoundException.class, () -> commit(Samples.update(missing, 1).build()));

    assertThat(refused.kind()).isEqualTo("run");
    assertThat(persistence().executions().find(missing)).isEmpty();
  }

  @Test
  @Scenario("EX-14")
  void commit_whenVersionIsStale_conflictsAndReportsBothVersions() {
    RunKey run = startedRun();
    commit(Samples.update(run, 1).build());

    VersionConflictException conflict =
        thrownBy(VersionConflictException.class, () -> commit(Samples.update(run, 1).build()));

    assertThat(conflict.expected()).isEqualTo(1);
    assertThat(conflict.actual()).isEqualTo(2);
    assertThat(conflict.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(conflict.retry()).isEqualTo(Retry.AFTER_RELOAD);
    assertThat(execution(run).version()).isEqualTo(2);
  }

  @Test
  @Scenario("EX-41")
  void commit_whenTheWorkflowIdBelongsToAnotherShard_refuses() {
    RunKey run = startedRun();
    int shardId = newShard();
    ShardLease otherShard = acquired(shardId, "odin-tck", LONG);
    CreateRun stray = Samples.create(RunKey.create(namespace(), newWorkflowIdIn(newShard())));

    thrownBy(
        InvalidRequestException.class,
        () ->
            persistence()
                .executions()
                .commit(transaction(otherShard, Samples.update(run, 1).build()).build()));
    thrownBy(InvalidRequestException.class, () -> commit(Samples.update(run, 1).build(), stray));

    assertThat(execution(run).version()).isEqualTo(1);
    assertThat(persistence().executions().find(stray.key())).isEmpty();
  }

  @Test
  @Scenario("EX-14")
  void commit_whenVersionIsAhead_conflicts() {
    RunKey run = startedRun();

    VersionConflictException conflict =
        thrownBy(VersionConflictException.class, () -> commit(Samples.update(run, 2).build()));

    assertThat(conflict.expected()).isEqualTo(2);
    assertThat(conflict.actual()).isEqualTo(1);
  }

  @Test
  @Scenario("EX-15")
  void commit_current_whenAnotherRunIsCurrent_conflicts() {
    RunKey currentRun = startedRun();
    RunKey notCurrent = openRunBypassing(currentRun);

    CurrentRunConflictException conflict =
        thrownBy(
            CurrentRunConflictException.class, () -> commit(Samples.update(notCurrent, 1).build()));

    assertThat(conflict.current().orElseThrow().key()).isEqualTo(currentRun);
    assertThat(execution(notCurrent).version()).isEqualTo(1);
  }

  @Test
  @Scenario("EX-16")
  void commit_continueAsNew_closesOneRunAndMakesTheOtherCurrent() {
    RunKey old = startedRun();
    RunKey next = another(old);

    CommitResult result = commit(continueAsNew(old), follower(old, next));

    assertThat(result.runs()).containsExactly(new RunVersion(old, 2), new RunVersion(next, 1));
    assertThat(execution(old).state().state()).isEqualTo(WorkflowState.CONTINUED_AS_NEW);
    assertThat(execution(next).state().state()).isEqualTo(WorkflowState.RUNNING);
    assertThat(current(old)).isEqualTo(next);
  }

  @Test
  @Scenario("EX-16")
  void commit_continueAsNew_doesNotDependOnTheOrderOfTheChanges() {
    RunKey old = startedRun();
    RunKey next = another(old);

    CommitResult result = commit(follower(old, next), continueAsNew(old));

    assertThat(result.runs()).containsExactly(new RunVersion(next, 1), new RunVersion(old, 2));
    assertThat(current(old)).isEqualTo(next);
  }

  @Test
  @Scenario("EX-17")
  void commit_continueAsNew_whenTheNewRunExists_leavesTheOldOneOpen() {
    RunKey old = startedRun();
    RunKey taken = openRunBypassing(old);

    thrownBy(AlreadyExistsException.class, () -> commit(continueAsNew(old), follower(old, taken)));

    assertThat(execution(old).state().state()).isEqualTo(WorkflowState.RUNNING);
    assertThat(execution(old).version()).isEqualTo(1);
    assertThat(persistence().history().size(old).lastEventId()).isEqualTo(1);
    assertThat(current(old)).isEqualTo(old);
  }

  private static UpdateRun continueAsNew(RunKey old) {
    return UpdateRun.builder(old, 1, Samples.closed(WorkflowState.CONTINUED_AS_NEW))
        .event(event(2))
        .build();
  }

  private static CreateRun follower(RunKey old, RunKey next) {
    return Samples.create(next, CreateMode.replaceClosed(old.runId())).event(event(1)).build();
  }

  @Test
  @Scenario("EX-18")
  void commit_bypassCurrent_changesARunThatIsNotCurrent() {
    RunKey currentRun = startedRun();
    RunKey notCurrent = openRunBypassing(currentRun);

    commit(Samples.update(notCurrent, 1).mode(UpdateMode.BYPASS_CURRENT).event(event(2)).build());
    commit(
        UpdateRun.builder(notCurrent, 2, Samples.closed(WorkflowState.TERMINATED))
            .mode(UpdateMode.BYPASS_CURRENT)
            .build());

    assertThat(execution(notCurrent).version()).isEqualTo(3);
    assertThat(execution(notCurrent).state().state()).isEqualTo(WorkflowState.TERMINATED);
    assertThat(current(currentRun)).isEqualTo(currentRun);
    assertThat(execution(currentRun).version()).isEqualTo(1);
  }

  @Test
  @Scenario("EX-18")
  void commit_bypassCurrent_whenTheRunIsCurrent_conflicts() {
    RunKey run = startedRun();

    CurrentRunConflictException conflict =
        thrownBy(
            CurrentRunConflictException.class,
            () -> commit(Samples.update(run, 1).mode(UpdateMode.BYPASS_CURRENT).build()));

    assertThat(conflict.current().orElseThrow().key()).isEqualTo(run);
    assertThat(execution(run).version()).isEqualTo(1);
  }

  @Test
  @Scenario("EX-19")
  void commit_whenTheRunIsClosed_refusesInEveryMode() {
    RunKey replaced = startedRun();
    commit(Samples.close(replaced, 1, WorkflowState.FAILED));
    RunKey closedCurrent = another(replaced);
    commit(
        CreateRun.builder(
                closedCurrent,
                CreateMode.replaceClosed(replaced.runId()),
                Samples.definition(),
                Samples.closed(WorkflowState.COMPLETED))
            .build());

    for (UpdateMode mode : UpdateMode.values()) {
      thrownBy(
          InvalidRequestException.class,
          () -> commit(Samples.update(replaced, 2).mode(mode).build()));
      thrownBy(
          InvalidRequestException.class,
          () -> commit(Samples.update(closedCurrent, 1).mode(mode).build()));
    }

    assertThat(execution(replaced).state()).isEqualTo(Samples.closed(WorkflowState.FAILED));
    assertThat(execution(closedCurrent).version()).isEqualTo(1);
  }

  @Test
  @Scenario("EX-22")
  void commit_whenTheRunIsClosed_doesNotReopenIt() {
    for (WorkflowState state : WorkflowState.values()) {
      if (state.isClosed()) {
        RunKey run = startedRun();
        commit(Samples.close(run, 1, state));

        thrownBy(InvalidRequestException.class, () -> commit(Samples.update(run, 2).build()));

        assertThat(execution(run).state().state()).isEqualTo(state);
        assertThat(execution(run).version()).isEqualTo(2);
      }
    }
  }

  @Test
  @Scenario("EX-23")
  void runState_whenCloseTimeDoesNotFitTheState_isRefused() {
    InvalidRequestException closedWithout =
        thrownBy(
            InvalidRequestException.class,
            () -> RunState.builder().state(WorkflowState.COMPLETED).build());
    InvalidRequestException openWith =
        thrownBy(
            InvalidRequestException.class,
            () ->
                RunState.builder()
                    .closed(WorkflowState.COMPLETED, Samples.ENDED)
                    .state(WorkflowState.RUNNING)
                    .build());

    assertThat(closedWithout.field()).isEqualTo("completedAt");
    assertThat(openWith.field()).isEqualTo("completedAt");
  }

  @Test
  @Scenario("EX-25")
  void commit_whenSentAgain_isAppliedOnceWithTheSameResult() {
    RunKey run = startedRun();
    WorkflowTransaction transaction =
        transaction(Samples.update(run, 1).event(event(2)).build()).build();

    CommitResult first = persistence().executions().commit(transaction);
    CommitResult again = persistence().executions().commit(transaction);

    assertThat(again).isEqualTo(first);
    assertThat(execution(run).version()).isEqualTo(2);
    assertThat(persistence().history().size(run).count()).isEqualTo(2);
  }

  @Test
  @Scenario("EX-25")
  void commit_whenSentAgainLater_returnsTheFirstResult() {
    RunKey run = startedRun();
    WorkflowTransaction transaction =
        transaction(Samples.update(run, 1).event(event(2)).build()).build();
    CommitResult first = persistence().executions().commit(transaction);
    commit(Samples.close(run, 2, WorkflowState.COMPLETED));

    assertThat(persistence().executions().commit(transaction)).isEqualTo(first);
    assertThat(execution(run).version()).isEqualTo(3);
  }

  @Test
  @Scenario("EX-25")
  void commit_whenSentAgainUnderALaterToken_isRecognized() {
    int shardId = newShard();
    RunKey run = RunKey.create(namespace(), newWorkflowIdIn(shardId));
    UUID commitId = UUID.randomUUID();
    CommitResult first =
        persistence()
            .executions()
            .commit(transaction(Samples.create(run)).commitId(commitId).build());
    persistence().shards().release(acquireShardFor(run.workflowId()));

    CommitResult again =
        persistence()
            .executions()
            .commit(transaction(Samples.create(run)).commitId(commitId).build());

    assertThat(again).isEqualTo(first);
    assertThat(execution(run).version()).isEqualTo(1);
  }

  @Test
  @Scenario("EX-25")
  void commit_whenSentAgainAfterTheShardWasLost_returnsTheFirstResult() {
    int shardId = newShard();
    ShardLease lost = acquired(shardId, "A", LONG);
    RunKey run = RunKey.create(namespace(), newWorkflowIdIn(shardId));
    WorkflowTransaction transaction = transaction(lost, Samples.create(run)).build();
    CommitResult first = persistence().executions().commit(transaction);
    persistence().shards().release(lost);
    acquired(shardId, "B", LONG);

    assertThat(persistence().executions().commit(transaction)).isEqualTo(first);
  }

  @Test
  @Scenario("EX-26")
  void commit_whenTheCommitIdWasUsedForOtherContent_refuses() {
    RunKey run = startedRun();
    UUID commitId = UUID.randomUUID();
    persistence()
        .executions()
        .commit(transaction(Samples.update(run, 1).build()).commitId(commitId).build());

    InvalidRequestException refused =
        thrownBy(
            InvalidRequestException.class,
            () ->
                persistence()
                    .executions()
                    .commit(
                        transaction(Samples.update(run, 2).event(event(2)).build())
                            .commitId(commitId)
                            .build()));

    assertThat(refused.field()).isEqualTo("commitId");
    assertThat(execution(run).version()).isEqualTo(2);
    assertThat(persistence().history().size(run).lastEventId()).isEqualTo(1);
  }

  @Test
  @Scenario("EX-27")
  void commit_setsMovesAndRemovesTimers() {
    RunKey run = newRun();
    commit(
        Samples.create(run, CreateMode.brandNew())
            .timer(timer("a", Samples.STARTED))
            .timer(timer("b", Samples.STARTED))
            .build());

    commit(
        Samples.update(run, 1)
            .deleteTimer(TimerDelete.cancel("a"))
            .deleteTimer(TimerDelete.cancel("never-set"))
            .timer(timer("b", Samples.ENDED))
            .timer(timer("c", Samples.STARTED))
            .build());

    assertThat(load(run).timers()).extracting(WorkflowTimer::timerId).containsExactly("b", "c");
    assertThat(load(run).timers())
        .extracting(WorkflowTimer::fireAt)
        .containsExactly(Samples.ENDED, Samples.STARTED);
  }

  private static TimerUpsert timer(String id, Instant fireAt) {
    return new TimerUpsert(id, fireAt, Json.of("{\"timer\":\"" + id + "\"}"));
  }

  @Test
  @Scenario("EX-34")
  void commit_whenTerminatingAClosedRun_keepsHowItEnded() {
    RunKey run = startedRun();
    RunState ended =
        Samples.closed(WorkflowState.COMPLETED).toBuilder().memo(Json.of("\"why\"")).build();
    commit(UpdateRun.builder(run, 1, ended).build());

    VersionConflictException stale =
        thrownBy(
            VersionConflictException.class,
            () -> commit(Samples.close(run, 1, WorkflowState.TERMINATED)));
    thrownBy(
        InvalidRequestException.class,
        () -> commit(Samples.close(run, 2, WorkflowState.TERMINATED)));

    assertThat(stale.actual()).isEqualTo(2);
    assertThat(execution(run).state()).isEqualTo(ended);
    assertThat(execution(run).version()).isEqualTo(2);
  }
}
