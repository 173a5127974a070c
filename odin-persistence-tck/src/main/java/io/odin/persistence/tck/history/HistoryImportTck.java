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
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunSummary;
import io.odin.persistence.execution.WorkflowState;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerUpsert;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Imports of runs by a {@link HistoryStore}. */
public abstract class HistoryImportTck extends StoreTck {

  /** For backends. */
  protected HistoryImportTck() {}

  private HistoryStore store() {
    return persistence().history();
  }

  private static CreateRun imported(RunKey run, long events) {
    return CreateRun.builder(
            run,
            CreateMode.bypassCurrent(),
            Samples.fullDefinition(),
            Samples.closed(WorkflowState.COMPLETED))
        .history(Samples.events(1, events))
        .timer(new TimerUpsert("remaining", Samples.ENDED, Samples.fullState().memo()))
        .build();
  }

  @Test
  @Scenario("HI-18")
  void importRun_storesAllOfItAndKeepsTheCurrentRun() {
    RunKey current = startedRun();
    RunKey old = RunKey.create(namespace(), current.workflowId());
    CreateRun run = imported(old, 2500);

    store().importRun(acquireShardFor(old.workflowId()), run);

    RunSnapshot stored = persistence().executions().find(old).orElseThrow();
    assertThat(stored.execution().definition()).isEqualTo(run.definition());
    assertThat(stored.execution().state()).isEqualTo(run.state());
    assertThat(stored.execution().version()).isEqualTo(1);
    assertThat(stored.execution().nextEventId()).isEqualTo(2501);
    assertThat(stored.timers()).hasSize(1);
    assertThat(allPages(1000, page -> store().read(old, EventRange.all(), page)))
        .isEqualTo(run.history());
    assertThat(store().validate(old)).isEmpty();
    assertThat(persistence().executions().findCurrent(current.workflow()).map(RunSummary::key))
        .contains(current);
  }

  @Test
  @Scenario("HI-18")
  void importRun_whenTheWorkflowIsUnknown_createsNoCurrentRun() {
    RunKey run = newRun();

    store().importRun(acquireShardFor(run.workflowId()), imported(run, 3));

    assertThat(persistence().executions().findCurrent(run.workflow())).isEmpty();
    assertThat(persistence().executions().find(run)).isPresent();
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

    assertThat(persistence().executions().find(run)).isEmpty();
    assertThat(persistence().executions().find(elsewhere)).isEmpty();
  }

  @Test
  @Scenario("HI-18")
  void importRun_isLimitedInTheNumberOfEventsOnly() {
    Persistence small =
        reopened(
            settings ->
                settings.limits(
                    Limits.DEFAULTS.withHistoryBatchBytes(1000).withHistoryEvents(100)));
    RunKey fits = newRun();
    RunKey tooLong = newRun();

    small.history().importRun(acquireShardFor(fits.workflowId()), imported(fits, 100));

    assertThat(store().size(fits).count()).isEqualTo(100);
    assertThat(store().size(fits).bytes()).isGreaterThan(1000);
    LimitExceededException thrown =
        thrownBy(
            LimitExceededException.class,
            () ->
                small
                    .history()
                    .importRun(acquireShardFor(tooLong.workflowId()), imported(tooLong, 101)));
    assertThat(thrown.limit()).isEqualTo("historyEvents");
    assertThat(persistence().executions().find(tooLong)).isEmpty();
  }
}
