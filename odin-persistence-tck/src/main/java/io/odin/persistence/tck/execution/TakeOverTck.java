package io.odin.persistence.tck.execution;

import static io.odin.persistence.tck.harness.Samples.closed;
import static io.odin.persistence.tck.harness.Samples.event;
import static io.odin.persistence.tck.harness.Samples.events;
import static io.odin.persistence.tck.harness.Samples.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.UpdateMode;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerUpsert;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Open runs that are not the current one: they become it, or are deleted. */
public abstract class TakeOverTck extends StoreTck {

  /** For backends. */
  protected TakeOverTck() {}

  private ExecutionStore store() {
    return persistence().executions();
  }

  private RunSnapshot load(RunKey run) {
    return store().find(run).orElseThrow();
  }

  private Optional<RunKey> current(RunKey anyRun) {
    return store().findCurrent(anyRun.workflow()).map(RunSummary::key);
  }

  private List<HistoryEvent> history(RunKey run) {
    return allPages(1000, page -> persistence().history().read(run, EventRange.all(), page));
  }

  private static RunKey another(RunKey run) {
    return RunKey.create(run.namespace(), run.workflowId());
  }

  /** The current run, open, with events 1 to the last one. */
  private RunKey runWith(long lastEventId) {
    RunKey run = newRun();
    commit(
        Samples.create(run, CreateMode.brandNew()).history(Samples.events(1, lastEventId)).build());
    return run;
  }

  private static UpdateRun.Builder terminating(RunKey run, long version) {
    return UpdateRun.builder(run, version, closed(WorkflowState.TERMINATED));
  }

  /** An open run that is not the current one. */
  private RunKey imported(RunKey sameWorkflow) {
    RunKey run = another(sameWorkflow);
    store()
        .importRun(
            acquireShardFor(run.workflowId()),
            CreateRun.builder(run, CreateMode.bypassCurrent(), Samples.fullDefinition(), running())
                .history(events(1, 3))
                .timer(new TimerUpsert("t", Samples.ENDED, Samples.fullState().memo()))
                .build());
    return run;
  }

  @Test
  @Scenario("EX-45")
  void makeCurrent_inPlaceOfTheRunThatTheCommitCloses_takesOver() {
    RunKey old = runWith(2);
    RunKey next = imported(old);

    commit(
        UpdateRun.builder(next, 1, running())
            .makeCurrentInPlaceOf(old.runId())
            .event(event(4))
            .build(),
        terminating(old, 1).build());

    RunSummary current = store().findCurrent(old.workflow()).orElseThrow();
    assertThat(current.key()).isEqualTo(next);
    assertThat(current.state()).isEqualTo(WorkflowState.RUNNING);
    assertThat(current.version()).isEqualTo(2);
    assertThat(history(next)).isEqualTo(events(1, 4));
    commit(Samples.update(next, 2).build());
    commit(Samples.close(next, 3, WorkflowState.COMPLETED));
    assertThat(store().findCurrent(old.workflow()).orElseThrow().state())
        .isEqualTo(WorkflowState.COMPLETED);
  }

  @Test
  @Scenario("EX-45")
  void makeCurrent_whereThereIsNone_becomesIt() {
    RunKey run = imported(newRun());
    assertThat(current(run)).isEmpty();

    commit(UpdateRun.builder(run, 1, running()).makeCurrent().build());

    assertThat(current(run)).contains(run);
    refused(
        CurrentRunConflictException.class,
        UpdateRun.builder(imported(run), 1, running()).makeCurrent());
    assertThat(current(run)).contains(run);
  }

  @Test
  @Scenario("EX-45")
  void makeCurrent_inPlaceOfARunThatIsOpenOrNotCurrent_isRefused() {
    RunKey old = runWith(2);
    RunKey next = imported(old);

    refused(
        CurrentRunConflictException.class,
        UpdateRun.builder(next, 1, running()).makeCurrentInPlaceOf(old.runId()));
    commit(Samples.close(old, 1, WorkflowState.COMPLETED));
    refused(
        CurrentRunConflictException.class,
        UpdateRun.builder(next, 1, running()).makeCurrentInPlaceOf(next.runId()));
    refused(
        VersionConflictException.class,
        UpdateRun.builder(next, 2, running()).makeCurrentInPlaceOf(old.runId()));

    assertThat(current(old)).contains(old);
    assertThat(load(next).execution().version()).isEqualTo(1);
    commit(UpdateRun.builder(next, 1, running()).makeCurrentInPlaceOf(old.runId()).build());
    assertThat(current(old)).contains(next);
  }

  private <E extends PersistenceException> void refused(Class<E> type, UpdateRun.Builder update) {
    thrownBy(type, () -> commit(update.build()));
  }

  @Test
  @Scenario("EX-45")
  void makeCurrent_ofARunThatIsMissing_isNotFound() {
    RunKey missing = newRun();

    refused(NotFoundException.class, UpdateRun.builder(missing, 1, running()).makeCurrent());
    RunKey old = runWith(1);
    commit(Samples.close(old, 1, WorkflowState.COMPLETED));
    refused(
        NotFoundException.class,
        UpdateRun.builder(another(old), 1, running()).makeCurrentInPlaceOf(old.runId()));

    assertThat(current(missing)).isEmpty();
    assertThat(current(old)).contains(old);
  }

  @Test
  @Scenario("EX-45")
  void makeCurrent_sentAgainAfterTheRunWasDeleted_hasTheFirstResult() {
    RunKey run = imported(newRun());
    WorkflowTransaction transaction =
        transaction(UpdateRun.builder(run, 1, running()).makeCurrent().build()).build();
    CommitResult first = store().commit(transaction);
    commit(Samples.close(run, 2, WorkflowState.COMPLETED));
    store().delete(run, acquireShardFor(run.workflowId()));

    assertThat(store().commit(transaction)).isEqualTo(first);
    assertThat(current(run)).isEmpty();
    assertThat(store().find(run)).isEmpty();
  }

  @Test
  @Scenario("EX-45")
  void makeCurrent_ofARunThatTheCommitContinues_doesNotDependOnTheOrder() {
    for (int i = 0; i < 2; i++) {
      RunKey old = runWith(1);
      commit(Samples.close(old, 1, WorkflowState.COMPLETED));
      RunKey taking = imported(old);
      RunKey next = another(old);
      UpdateRun update =
          UpdateRun.builder(taking, 1, closed(WorkflowState.CONTINUED_AS_NEW))
              .makeCurrentInPlaceOf(old.runId())
              .build();
      CreateRun create = Samples.create(next, CreateMode.replaceClosed(taking.runId())).build();

      if (i == 0) {
        commit(update, create);
      } else {
        commit(create, update);
      }

      assertThat(current(old)).contains(next);
    }
  }

  @Test
  @Scenario("EX-45")
  void makeCurrent_whileTheRunIsDeleted_succeedsOrFindsNone() {
    for (int i = 0; i < 20; i++) {
      RunKey run = imported(newRun());
      ShardLease shard = acquireShardFor(run.workflowId());

      Concurrently.both(
          () -> store().delete(run, shard),
          () -> commit(UpdateRun.builder(run, 1, running()).makeCurrent().build()));

      assertThat(current(run)).isEqualTo(store().find(run).map(found -> found.execution().key()));
    }
  }

  @Test
  @Scenario("EX-45")
  void makeCurrent_keepsTheStartRequest() {
    RunKey run = imported(newRun());
    String request = load(run).execution().definition().startRequestId().orElseThrow();

    commit(UpdateRun.builder(run, 1, running()).makeCurrent().build());

    CommitResult again =
        commit(
            CreateRun.builder(
                    another(run),
                    CreateMode.byPolicy(IdReusePolicy.REJECT_DUPLICATE, OpenRunPolicy.fail()),
                    RunDefinition.builder("OrderWorkflow", "orders", Samples.STARTED)
                        .startRequestId(request)
                        .build(),
                    running())
                .build());
    assertThat(again.existing().map(RunSummary::key)).contains(run);
  }

  @Test
  @Scenario("EX-33")
  void delete_ofAnOpenRunThatIsNotCurrent_removesAllOfIt() {
    RunKey current = runWith(2);
    RunKey open = imported(current);
    ShardLease shard = acquireShardFor(open.workflowId());

    store().delete(open, shard);

    assertThat(store().find(open)).isEmpty();
    thrownBy(NotFoundException.class, () -> history(open));
    assertThat(current(current)).contains(current);
    assertThat(history(current)).isEqualTo(events(1, 2));
    commit(Samples.create(open, CreateMode.bypassCurrent()).event(event(1)).build());
    assertThat(load(open).timers()).isEmpty();
    commit(UpdateRun.builder(open, 1, running()).mode(UpdateMode.BYPASS_CURRENT).build());
  }
}
