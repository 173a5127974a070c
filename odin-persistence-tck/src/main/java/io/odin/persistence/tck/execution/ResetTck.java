package io.odin.persistence.tck.execution;

import static io.odin.persistence.tck.harness.Samples.closed;
import static io.odin.persistence.tck.harness.Samples.event;
import static io.odin.persistence.tck.harness.Samples.events;
import static io.odin.persistence.tck.harness.Samples.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.HistoryConflictException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Runs that begin with the history of another one. */
public abstract class ResetTck extends StoreTck {

  /** More than a backend copies at once, and than a commit may add to. */
  private static final int MANY = 52_001;

  /** For backends. */
  protected ResetTck() {}

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

  private static RunDefinition after(RunKey base, long lastEventId) {
    return RunDefinition.builder("OrderWorkflow", "orders", Samples.STARTED)
        .base(new BaseRun(base.runId(), lastEventId))
        .build();
  }

  /** A run in place of its closed base. */
  private static CreateRun.Builder reset(RunKey base, long lastEventId, RunKey run) {
    return CreateRun.builder(
        run, CreateMode.replaceClosed(base.runId()), after(base, lastEventId), running());
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

  @Test
  @Scenario("EX-42")
  void create_withABase_beginsWithItsHistory() {
    RunKey base = runWith(5);
    RunKey run = another(base);

    commit(
        terminating(base, 1).event(event(6)).build(),
        reset(base, 3, run).history(events(4, 5)).build());

    assertThat(history(run)).isEqualTo(events(1, 5));
    assertThat(persistence().history().validate(run)).isEmpty();
    assertThat(load(run).execution().nextEventId()).isEqualTo(6);
    assertThat(persistence().history().size(run).count()).isEqualTo(5);
    assertThat(current(run)).contains(run);
    assertThat(history(base)).isEqualTo(events(1, 6));
    assertThat(load(base).execution().state().state()).isEqualTo(WorkflowState.TERMINATED);
    commit(Samples.update(run, 1).event(event(6)).build());
    assertThat(history(run)).isEqualTo(events(1, 6));
  }

  @Test
  @Scenario("EX-42")
  void create_withABase_countsTheSizeOfItsEvents() {
    RunKey base = runWith(50);
    RunKey whole = another(base);
    RunKey half = another(base);

    commit(terminating(base, 1).build(), reset(base, 50, whole).build());
    commit(terminating(whole, 1).build(), reset(whole, 25, half).build());

    long all = persistence().history().size(base).bytes();
    assertThat(persistence().history().size(whole).bytes()).isBetween(all / 2, 3 * all);
    assertThat(persistence().history().size(half).bytes())
        .isLessThan(persistence().history().size(whole).bytes())
        .isGreaterThan(all / 4);
  }

  @Test
  @Scenario("EX-42")
  void create_withABase_leavesItAsItIs() {
    RunKey base = runWith(3);
    RunSnapshot before = load(base);
    RunKey run = another(base);

    commit(CreateRun.builder(run, CreateMode.bypassCurrent(), after(base, 3), running()).build());

    assertThat(load(base)).isEqualTo(before);
    assertThat(current(base)).contains(base);
    assertThat(history(run)).isEqualTo(events(1, 3));
    assertThat(load(run).timers()).isEmpty();
  }

  @Test
  @Scenario("EX-42")
  void create_withALongBase_hasAllOfIt() {
    RunKey base = newRun();
    store()
        .importRun(
            acquireShardFor(base.workflowId()),
            CreateRun.builder(
                    base,
                    CreateMode.bypassCurrent(),
                    Samples.definition(),
                    closed(WorkflowState.FAILED))
                .history(events(1, MANY))
                .build());
    RunKey run = another(base);

    commit(
        CreateRun.builder(run, CreateMode.brandNew(), after(base, MANY), running())
            .event(event(MANY + 1))
            .build());

    assertThat(history(run)).isEqualTo(events(1, MANY + 1));
    assertThat(current(run)).contains(run);
  }

  @Test
  @Scenario("EX-42")
  void create_withABase_sentAgain_isAppliedOnce() {
    RunKey base = runWith(3);
    RunKey run = another(base);
    WorkflowTransaction transaction =
        transaction(terminating(base, 1).build(), reset(base, 2, run).event(event(3)).build())
            .build();

    CommitResult first = store().commit(transaction);

    assertThat(store().commit(transaction)).isEqualTo(first);
    assertThat(history(run)).isEqualTo(events(1, 3));
  }

  @Test
  @Scenario("EX-42")
  void create_withOneBase_byMany_succeedsOnce() {
    RunKey base = runWith(3);
    commit(terminating(base, 1).build());
    ShardLease shard = acquireShardFor(base.workflowId());

    CommitResult winner =
        Concurrently.run(
                Concurrently.COMPETITORS,
                i ->
                    store()
                        .commit(transaction(shard, reset(base, 3, another(base)).build()).build()))
            .onlyWinner(CurrentRunConflictException.class);

    assertThat(current(base)).contains(winner.runs().getFirst().key());
    assertThat(allPages(100, page -> store().listRuns(base.workflow(), page))).hasSize(2);
    assertThat(history(current(base).orElseThrow())).isEqualTo(events(1, 3));
  }

  @Test
  @Scenario("EX-43")
  void create_withABaseThatLacksTheEvents_isRefused() {
    RunKey base = runWith(3);
    RunKey run = another(base);

    HistoryConflictException refused =
        thrownBy(
            HistoryConflictException.class,
            () -> commit(terminating(base, 1).build(), reset(base, 4, run).build()));

    assertThat(refused).hasMessageContaining(base.runId().toString());
    thrownBy(
        HistoryConflictException.class,
        () -> commit(terminating(base, 1).build(), reset(base, 1_000_000_000, run).build()));
    assertUnwritten(base, run);
  }

  @Test
  @Scenario("EX-43")
  void create_withABaseThatIsMissing_isNotFound() {
    RunKey base = runWith(3);
    RunKey run = another(base);
    RunDefinition unknown = after(another(base), 2);

    NotFoundException refused =
        thrownBy(
            NotFoundException.class,
            () ->
                commit(
                    terminating(base, 1).build(),
                    CreateRun.builder(
                            run, CreateMode.replaceClosed(base.runId()), unknown, running())
                        .build()));

    assertThat(refused.kind()).isEqualTo("base run");
    assertUnwritten(base, run);
  }

  @Test
  @Scenario("EX-43")
  void create_withABaseThatIsMissing_reportsTheFirstCondition() {
    RunKey base = runWith(3);
    RunKey run = another(base);

    thrownBy(
        VersionConflictException.class,
        () ->
            commit(
                terminating(base, 2).build(),
                CreateRun.builder(
                        run,
                        CreateMode.replaceClosed(base.runId()),
                        after(another(base), 2),
                        running())
                    .build()));
  }

  @Test
  @Scenario("EX-42")
  void create_withEventsThatTheSameCommitAppendsToTheBase_hasThem() {
    for (int i = 0; i < 4; i++) {
      RunKey base = new RunKey(namespace(), newWorkflowId(), UUID.randomUUID());
      RunKey run = new RunKey(base.namespace(), base.workflowId(), UUID.randomUUID());
      commit(Samples.create(base));

      commit(terminating(base, 1).event(event(2)).build(), reset(base, 2, run).build());

      assertThat(history(run)).isEqualTo(events(1, 2));
    }
  }

  private void assertUnwritten(RunKey base, RunKey run) {
    assertThat(store().find(run)).isEmpty();
    assertThat(current(base)).contains(base);
    assertThat(load(base).execution().version()).isEqualTo(1);
    commit(Samples.create(run, CreateMode.bypassCurrent()).event(event(1)).build());
    assertThat(history(run)).isEqualTo(events(1, 1));
  }

  @Test
  @Scenario("EX-44")
  void base_isShownWithTheRunAndInLists() {
    RunKey base = runWith(3);
    RunKey run = another(base);

    commit(terminating(base, 1).build(), reset(base, 2, run).build());

    BaseRun link = new BaseRun(base.runId(), 2);
    assertThat(load(run).execution().definition().base()).contains(link);
    assertThat(store().findCurrent(run.workflow()).orElseThrow().base()).contains(link);
    assertThat(allPages(1, page -> store().listRuns(run.workflow(), page)))
        .extracting(RunSummary::base)
        .containsExactlyInAnyOrder(Optional.empty(), Optional.of(link));
  }

  @Test
  @Scenario("EX-44")
  void importRun_withABase_bringsItsWholeHistory() {
    RunKey base = runWith(3);
    RunKey run = another(base);
    ShardLease shard = acquireShardFor(run.workflowId());

    store()
        .importRun(
            shard,
            CreateRun.builder(run, CreateMode.bypassCurrent(), after(base, 2), running())
                .history(events(1, 4))
                .build());

    assertThat(load(run).execution().definition().base()).contains(new BaseRun(base.runId(), 2));
    assertThat(history(run)).isEqualTo(events(1, 4));
    thrownBy(
        InvalidRequestException.class,
        () ->
            store()
                .importRun(
                    shard,
                    CreateRun.builder(
                            another(base), CreateMode.bypassCurrent(), after(base, 2), running())
                        .event(event(3))
                        .build()));
  }
}
