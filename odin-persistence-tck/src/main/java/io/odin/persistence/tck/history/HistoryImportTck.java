package io.odin.persistence.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerUpsert;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Imports of runs by a {@link ExecutionStore}. */
public abstract class HistoryImportTck extends StoreTck {

  /** For backends. */
  protected HistoryImportTck() {}

  private ExecutionStore store() {
    return persistence().executions();
  }

  private static CreateRun imported(RunKey run, long events) {
    return CreateRun.builder(
            run,
            CreateMode.bypassCurrent(),
            Samples.fullDefinition(),
            Samples.closed(WorkflowState.COMPLETED))
        .history(Samples.events(1, events))
        .build();
  }

  @Test
  @Scenario("HI-18")
  void importRun_ofAnOpenRun_storesItsTimers() {
    RunKey run = newRun();

    store()
        .importRun(
            acquireShardFor(run.workflowId()),
            Samples.create(run, CreateMode.bypassCurrent())
                .event(Samples.event(1))
                .timer(new TimerUpsert("t", Samples.ENDED, Samples.fullState().memo()))
                .build());

    assertThat(store().find(run).orElseThrow().timers())
        .singleElement()
        .satisfies(timer -> assertThat(timer.data()).isEqualTo(Samples.fullState().memo()));
  }

  @Test
  @Scenario("HI-18")
  void importRun_storesAllOfItAndKeepsTheCurrentRun() {
    RunKey current = startedRun();
    RunKey old = RunKey.create(namespace(), current.workflowId());
    CreateRun run = imported(old, 2500);

    store().importRun(acquireShardFor(old.workflowId()), run);

    RunSnapshot stored = store().find(old).orElseThrow();
    assertThat(stored.execution().definition()).isEqualTo(run.definition());
    assertThat(stored.execution().state()).isEqualTo(run.state());
    assertThat(stored.execution().version()).isEqualTo(1);
    assertThat(stored.execution().nextEventId()).isEqualTo(2501);
    assertThat(allPages(1000, page -> persistence().history().read(old, EventRange.all(), page)))
        .isEqualTo(run.history());
    assertThat(persistence().history().validate(old)).isEmpty();
    assertThat(store().findCurrent(current.workflow()).map(RunSummary::key)).contains(current);
  }

  @Test
  @Scenario("HI-18")
  void importRun_whenTheWorkflowIsUnknown_createsNoCurrentRun() {
    RunKey run = newRun();

    store().importRun(acquireShardFor(run.workflowId()), imported(run, 3));

    assertThat(store().findCurrent(run.workflow())).isEmpty();
    assertThat(store().find(run)).isPresent();
  }

  @Test
  @Scenario("HI-18")
  void importRun_whenTheRunExists_returnsIt() {
    RunKey run = startedRun();
    Map<String, Long> before = database().rowCounts(namespace());

    AlreadyExistsException thrown =
        thrownBy(
            AlreadyExistsException.class,
            () -> store().importRun(acquireShardFor(run.workflowId()), imported(run, 3)));

    assertThat(thrown.existing(RunSummary.class).key()).isEqualTo(run);
    assertThat(thrown.existing(RunSummary.class).state()).isEqualTo(WorkflowState.RUNNING);
    assertThat(database().rowCounts(namespace())).isEqualTo(before);
  }

  @Test
  @Scenario("HI-18")
  void importRun_withoutTheShard_writesNothing() {
    ShardLease lost = acquired(newShard(), "A", LONG);
    persistence().shards().release(lost);
    RunKey run = RunKey.create(namespace(), newWorkflowIdIn(lost.shardId()));
    Map<String, Long> before = database().rowCounts(namespace());

    thrownBy(ShardOwnershipLostException.class, () -> store().importRun(lost, imported(run, 3)));

    assertThat(database().rowCounts(namespace())).isEqualTo(before);
  }

  @Test
  @Scenario("HI-18")
  void importRun_ofAnInvalidImport_isRefused() {
    RunKey run = newRun();
    ShardLease lease = acquireShardFor(run.workflowId());
    RunKey elsewhere =
        RunKey.create(
            namespace(), newWorkflowIdIn((lease.shardId() + 1) % persistence().shardCount()));

    thrownBy(InvalidRequestException.class, () -> store().importRun(lease, Samples.create(run)));
    thrownBy(InvalidRequestException.class, () -> store().importRun(lease, imported(elsewhere, 3)));

    assertThat(store().find(run)).isEmpty();
    assertThat(store().find(elsewhere)).isEmpty();
  }

  @Test
  @Scenario("HI-18")
  void importRun_isLimitedInTheNumberOfEventsOnly() {
    Persistence small =
        reopened(
            settings ->
                settings.limits(
                    Limits.DEFAULTS.withHistoryBatchBytes(1000).withHistoryEvents(100)));
    // Closed, so that the commit that closed it may have added as many as the limit again.
    RunKey fits = newRun();
    RunKey tooLong = newRun();

    small.executions().importRun(acquireShardFor(fits.workflowId()), imported(fits, 200));

    assertThat(persistence().history().size(fits).count()).isEqualTo(200);
    assertThat(persistence().history().size(fits).bytes()).isGreaterThan(1000);
    LimitExceededException thrown =
        thrownBy(
            LimitExceededException.class,
            () ->
                small
                    .executions()
                    .importRun(acquireShardFor(tooLong.workflowId()), imported(tooLong, 201)));
    assertThat(thrown.limit()).isEqualTo("historyEvents");
    assertThat(store().find(tooLong)).isEmpty();
  }
}
