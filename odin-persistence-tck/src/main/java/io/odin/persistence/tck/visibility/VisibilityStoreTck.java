package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityWrite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writing and reading single visibility records, by the store and by commits. */
public abstract class VisibilityStoreTck extends AbstractVisibilityTck {

  /** For backends. */
  protected VisibilityStoreTck() {}

  @Test
  @Scenario("VI-01")
  void upsert_ofOpenThenClosed_storesTheEnd() {
    RunKey run = newRun();

    assertThat(store().upsert(open(run), 1)).isEqualTo(VisibilityWrite.APPLIED);
    assertThat(store().find(run)).contains(open(run));
    assertThat(store().upsert(closed(run), 2)).isEqualTo(VisibilityWrite.APPLIED);

    VisibilityRecord stored = store().find(run).orElseThrow();
    assertThat(stored).isEqualTo(closed(run));
    assertThat(stored.closeTime()).contains(Samples.ENDED);
    assertThat(stored.executionDuration())
        .contains(Duration.ofMillis(Duration.between(Samples.STARTED, Samples.ENDED).toMillis()));
  }

  @Test
  @Scenario("VI-01")
  void commit_writesTheRecordWithTheRun() {
    RunKey run = newRun();

    commit(Samples.create(run, CreateMode.brandNew()).visibility(open(run)).build());
    assertThat(store().find(run)).contains(open(run));
    commit(
        UpdateRun.builder(run, 1, Samples.closed(WorkflowState.COMPLETED))
            .visibility(closed(run))
            .build());

    assertThat(store().find(run)).contains(closed(run));
    // The record has the version of the run: an older write is superseded.
    assertThat(store().upsert(open(run), 1)).isEqualTo(VisibilityWrite.SUPERSEDED);
    assertThat(store().upsert(open(run), 2)).isEqualTo(VisibilityWrite.SUPERSEDED);
    assertThat(store().upsert(closed(run), 3)).isEqualTo(VisibilityWrite.APPLIED);
  }

  @Test
  @Scenario("VI-01")
  void commit_withoutARecord_keepsTheStoredOne() {
    RunKey run = newRun();
    commit(
        Samples.create(run, CreateMode.brandNew())
            .visibility(open(run))
            .tags(Tags.of(Map.of("a", "1")))
            .build());

    commit(Samples.update(run, 1).build());

    assertThat(store().find(run)).contains(open(run));
    assertThat(store().tags(run)).isEqualTo(Tags.of(Map.of("a", "1")));
  }

  @Test
  @Scenario("VI-01")
  void commit_thatTerminatesAnOpenRun_recordsItsEnd() {
    RunKey run = newRun();
    commit(
        Samples.create(run, CreateMode.brandNew())
            .event(Samples.event(1))
            .visibility(open(run))
            .build());
    RunKey next = RunKey.create(run.namespace(), run.workflowId());

    commit(
        Samples.create(
                next,
                CreateMode.byPolicy(
                    IdReusePolicy.ALLOW_DUPLICATE,
                    OpenRunPolicy.terminateExisting(
                        "WorkflowExecutionTerminated", Samples.ENDED, Json.emptyObject())))
            .visibility(open(next))
            .build());

    VisibilityRecord ended = store().find(run).orElseThrow();
    assertThat(ended)
        .isEqualTo(
            Samples.visibility(run)
                .closed(WorkflowState.TERMINATED, Samples.ENDED)
                .historyLength(2)
                .stateTransitionCount(open(run).stateTransitionCount() + 1)
                .build());
    assertThat(store().upsert(open(run), 2)).isEqualTo(VisibilityWrite.SUPERSEDED);
    assertThat(store().find(next)).contains(open(next));
  }

  @Test
  @Scenario("VI-01")
  void importedRun_storesItsRecordAndTags() {
    RunKey run = newRun();

    persistence().executions().importRun(acquireShardFor(run.workflowId()), imported(run));

    assertThat(store().find(run)).contains(closed(run));
    assertThat(store().tags(run)).isEqualTo(Tags.of(Map.of("from", "elsewhere")));
  }

  private static CreateRun imported(RunKey run) {
    return CreateRun.builder(
            run,
            CreateMode.bypassCurrent(),
            Samples.definition(),
            Samples.closed(WorkflowState.COMPLETED))
        .history(Samples.events(1, 3))
        .visibility(closed(run))
        .tags(Tags.of(Map.of("from", "elsewhere")))
        .build();
  }

  @Test
  @Scenario("VI-01")
  void importedRun_thatWasDeletedBefore_isFoundAgain() {
    RunKey run = newRun();
    ShardLease lease = acquireShardFor(run.workflowId());
    for (int time = 0; time < 2; time++) {
      persistence().executions().importRun(lease, imported(run));
      assertThat(store().find(run)).contains(closed(run));
      assertThat(store().tags(run).values()).containsOnlyKeys("from");

      persistence().executions().delete(run, lease);
      assertThat(store().find(run)).isEmpty();
    }
  }

  @Test
  @Scenario("VI-02")
  void upsert_ofARunThatEndedBeforeItBegan_hasAZeroDuration() {
    RunKey run = newRun();
    VisibilityRecord skewed =
        Samples.visibility(run)
            .closed(WorkflowState.FAILED, Samples.STARTED.minusSeconds(5))
            .build();

    store().upsert(skewed, 1);

    assertThat(store().find(run)).contains(skewed);
    assertThat(skewed.executionDuration()).contains(Duration.ZERO);
  }

  @Test
  @Scenario("VI-09")
  void upsert_outOfOrder_keepsTheNewest() {
    RunKey run = newRun();
    store().upsert(closed(run), 5);

    assertThat(store().upsert(open(run), 4)).isEqualTo(VisibilityWrite.SUPERSEDED);
    assertThat(store().upsert(open(run), 5)).isEqualTo(VisibilityWrite.SUPERSEDED);

    assertThat(store().find(run)).contains(closed(run));
  }

  @Test
  @Scenario("VI-09")
  void upsert_ofManyVersionsAtOnce_keepsTheNewest() {
    RunKey run = newRun();

    List<VisibilityWrite> outcomes =
        Concurrently.run(
                Concurrently.COMPETITORS,
                i -> store().upsert(Samples.visibility(run).historyLength(i + 1).build(), i + 1))
            .allSucceeded();

    assertThat(outcomes).contains(VisibilityWrite.APPLIED);
    assertThat(store().find(run).orElseThrow().historyLength()).isEqualTo(Concurrently.COMPETITORS);
  }

  @Test
  @Scenario("VI-10")
  void find_returnsTheStoredRecord() {
    registerSampleAttributes(namespace());
    RunKey run = newRun();
    VisibilityRecord full = Samples.fullVisibility(run);

    store().upsert(full, 3);

    assertThat(store().find(run)).contains(full);
    assertThat(store().find(newRun())).isEmpty();
  }

  @Test
  @Scenario("VI-10")
  void upsert_ofOneAttributeMore_keepsTheOthers() {
    registerSampleAttributes(namespace());
    RunKey run = newRun();
    VisibilityRecord full = Samples.fullVisibility(run);
    store().upsert(full, 1);
    SearchAttributes more =
        full.searchAttributes().toBuilder().keyword("CustomerId", "c-2").build();

    store().upsert(full.toBuilder().searchAttributes(more).build(), 2);

    SearchAttributes stored = store().find(run).orElseThrow().searchAttributes();
    assertThat(stored).isEqualTo(more);
    assertThat(stored.keyword("CustomerId")).contains("c-2");
    assertThat(stored.integer("Amount")).hasValue(12);
  }

  @Test
  @Scenario("VI-11")
  void delete_removesRecordAndTags_andAgainChangesNothing() {
    RunKey run = newRun();
    store().upsert(open(run), 4);
    store().setTags(run, Tags.of(Map.of("a", "1")));

    assertThat(store().delete(run, 4)).isEqualTo(VisibilityWrite.APPLIED);
    assertThat(store().find(run)).isEmpty();
    assertThat(store().tags(run)).isEqualTo(Tags.none());
    store().delete(run, 4);

    assertThat(store().find(run)).isEmpty();
    assertThat(store().delete(newRun(), 1)).isEqualTo(VisibilityWrite.APPLIED);
  }

  @Test
  @Scenario("VI-11")
  void delete_ofAnOldVersion_keepsTheNewerRecord() {
    RunKey run = newRun();
    store().upsert(open(run), 4);
    store().setTags(run, Tags.of(Map.of("a", "1")));

    assertThat(store().delete(run, 3)).isEqualTo(VisibilityWrite.SUPERSEDED);

    assertThat(store().find(run)).contains(open(run));
    assertThat(store().tags(run)).isEqualTo(Tags.of(Map.of("a", "1")));
  }

  @Test
  @Scenario("VI-12")
  void upsert_afterDelete_isSuperseded() {
    RunKey run = newRun();
    store().upsert(open(run), 7);
    store().delete(run, 9);

    assertThat(store().upsert(open(run), 8)).isEqualTo(VisibilityWrite.SUPERSEDED);
    assertThat(store().upsert(open(run), 9)).isEqualTo(VisibilityWrite.SUPERSEDED);

    assertThat(store().find(run)).isEmpty();
  }

  @Test
  @Scenario("VI-12")
  void upsert_afterDeleteOfAMissingRecord_isSuperseded() {
    RunKey run = newRun();
    store().delete(run, 5);
    store().delete(run, 9);

    assertThat(store().upsert(open(run), 8)).isEqualTo(VisibilityWrite.SUPERSEDED);

    assertThat(store().find(run)).isEmpty();
  }

  @Test
  @Scenario("VI-12")
  void upsert_afterTheRunWasDeleted_isSuperseded() {
    RunKey run = newRun();
    commit(
        Samples.createClosed(run, WorkflowState.COMPLETED)
            .visibility(closed(run))
            .tags(Tags.of(Map.of("a", "1")))
            .build());

    persistence().executions().delete(run, acquireShardFor(run.workflowId()));

    assertThat(store().find(run)).isEmpty();
    assertThat(store().tags(run)).isEqualTo(Tags.none());
    assertThat(store().upsert(closed(run), 8)).isEqualTo(VisibilityWrite.SUPERSEDED);
    assertThat(store().find(run)).isEmpty();
  }

  @Test
  @Scenario("VI-12")
  void purgeTombstones_deletesOldTombstonesOnly() {
    RunKey deleted = newRun();
    RunKey kept = newRun();
    store().upsert(open(kept), 1);
    store().delete(deleted, 9);

    store().purgeTombstones(Duration.ofDays(1), 1000);
    assertThat(store().upsert(open(deleted), 8)).isEqualTo(VisibilityWrite.SUPERSEDED);
    await().until(() -> store().purgeTombstones(Duration.ZERO, 1000) == 0);

    assertThat(store().upsert(open(deleted), 8)).isEqualTo(VisibilityWrite.APPLIED);
    assertThat(store().find(kept)).contains(open(kept));
  }
}
