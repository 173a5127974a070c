package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityWrite;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Records agree with their runs, whichever way they come. */
public abstract class VisibilityAgreementTck extends AbstractVisibilityTck {

  /** For backends. */
  protected VisibilityAgreementTck() {}

  /** Records that say something else than a running run, each of one thing. */
  private static Map<String, VisibilityRecord> contradictions(RunKey run) {
    VisibilityRecord agreed = open(run);
    String type = agreed.workflowType();
    String queue = agreed.taskQueue();
    return Map.of(
        "workflowType", VisibilityRecord.builder(run, "Another", queue, Samples.STARTED).build(),
        "taskQueue", VisibilityRecord.builder(run, type, "another", Samples.STARTED).build(),
        "startTime",
            VisibilityRecord.builder(run, type, queue, Samples.STARTED.plusNanos(1000)).build(),
        "state", closed(run));
  }

  /** Records that say something else than a run that was completed, of its end. */
  private static Map<String, VisibilityRecord> contradictionsOfEnd(RunKey run) {
    return Map.of(
        "state", open(run),
        "state failed", Samples.visibility(run).closed(WorkflowState.FAILED, Samples.ENDED).build(),
        "closeTime",
            Samples.visibility(run)
                .closed(WorkflowState.COMPLETED, Samples.ENDED.plusSeconds(1))
                .build());
  }

  private static void assertRefused(String what, String field, ThrowingCallable call) {
    InvalidRequestException refused = thrownBy(InvalidRequestException.class, call);
    assertThat(refused.field()).as(what).isEqualTo(field);
    assertThat(refused).as(what).hasMessageContaining(what.replaceAll(" .*", ""));
  }

  @Test
  @Scenario("VI-29")
  void newRun_withARecordThatDisagrees_isRefused() {
    for (CreateMode mode : List.of(CreateMode.brandNew(), CreateMode.bypassCurrent())) {
      RunKey run = newRun();
      contradictions(run)
          .forEach(
              (what, record) ->
                  assertRefused(
                      what,
                      "visibility",
                      () -> Samples.create(run, mode).visibility(record).build()));
    }
    RunKey run = newRun();
    contradictionsOfEnd(run)
        .forEach(
            (what, record) ->
                assertRefused(
                    what,
                    "visibility",
                    () ->
                        Samples.createClosed(run, WorkflowState.COMPLETED)
                            .visibility(record)
                            .build()));
  }

  @Test
  @Scenario("VI-29")
  void update_withARecordThatDisagrees_isRefusedAndWritesNothing() {
    RunKey run = newRun();
    commit(Samples.create(run, CreateMode.brandNew()).visibility(open(run)).build());

    contradictions(run)
        .forEach(
            (what, record) ->
                assertRefused(
                    what,
                    "visibility",
                    () -> commit(Samples.update(run, 1).visibility(record).build())));

    assertThat(persistence().executions().find(run).orElseThrow().execution().version())
        .isEqualTo(1);
    assertThat(store().find(run)).contains(open(run));
    contradictionsOfEnd(run)
        .forEach(
            (what, record) ->
                assertRefused(
                    what,
                    "visibility",
                    () ->
                        UpdateRun.builder(run, 1, Samples.closed(WorkflowState.COMPLETED))
                            .visibility(record)
                            .build()));
  }

  @Test
  @Scenario("VI-29")
  void upsert_thatDisagreesWithTheRun_isRefusedAndWritesNothing() {
    RunKey run = newRun();
    commit(Samples.create(run, CreateMode.brandNew()).visibility(open(run)).build());

    for (long version : List.of(2L, 1000L)) {
      contradictions(run)
          .forEach(
              (what, record) ->
                  assertRefused(what, "record", () -> store().upsert(record, version)));
    }

    assertThat(store().find(run)).contains(open(run));
    assertThat(store().upsert(open(run), 2)).isEqualTo(VisibilityWrite.APPLIED);
  }

  @Test
  @Scenario("VI-29")
  void upsert_ofAnEarlierStateOfTheRun_isStored() {
    RunKey run = newRun();
    commit(Samples.create(run, CreateMode.brandNew()).build());
    commit(Samples.close(run, 1, WorkflowState.COMPLETED));

    assertThat(store().upsert(open(run), 1)).isEqualTo(VisibilityWrite.APPLIED);
    assertRefused("state", "record", () -> store().upsert(open(run), 2));
    assertThat(store().upsert(closed(run), 2)).isEqualTo(VisibilityWrite.APPLIED);
  }

  @Test
  @Scenario("VI-30")
  void end_withoutARecord_closesTheStoredOne() {
    RunKey run = newRun();
    VisibilityRecord open =
        Samples.visibility(run)
            .executionTime(Samples.STARTED.plusSeconds(30))
            .status("shipping")
            .memo(Json.of("{\"a\":1}"))
            .historyLength(1)
            .stateTransitionCount(5)
            .build();
    commit(
        Samples.create(run, CreateMode.brandNew())
            .event(Samples.event(1))
            .visibility(open)
            .tags(Tags.of(Map.of("a", "1")))
            .build());

    commit(
        UpdateRun.builder(run, 1, Samples.closed(WorkflowState.TIMED_OUT))
            .history(Samples.events(2, 4))
            .build());

    assertThat(store().find(run))
        .contains(
            open.toBuilder()
                .closed(WorkflowState.TIMED_OUT, Samples.ENDED)
                .historyLength(4)
                .stateTransitionCount(6)
                .build());
    assertThat(store().tags(run)).isEqualTo(Tags.of(Map.of("a", "1")));
    long duration = Duration.between(Samples.STARTED.plusSeconds(30), Samples.ENDED).toMillis();
    assertThat(found(run, "DurationMs = " + duration)).isTrue();
    assertThat(found(run, "DurationMs != " + duration)).isFalse();
    // The record has the version of the run: an older write is superseded.
    assertThat(store().upsert(open, 2)).isEqualTo(VisibilityWrite.SUPERSEDED);
  }

  private boolean found(RunKey run, String condition) {
    VisibilityQuery query =
        VisibilityQuery.parse("WorkflowId = '" + run.workflowId() + "' AND " + condition);
    return store().count(run.namespace(), query) == 1;
  }

  @Test
  @Scenario("VI-30")
  void end_beforeTheStart_closesTheStoredRecordWithDurationZero() {
    RunKey run = newRun();
    commit(Samples.create(run, CreateMode.brandNew()).visibility(open(run)).build());
    RunState ended =
        RunState.builder().closed(WorkflowState.FAILED, Samples.STARTED.minusSeconds(5)).build();

    commit(UpdateRun.builder(run, 1, ended).build());

    assertThat(store().find(run).orElseThrow().executionDuration()).contains(Duration.ZERO);
    assertThat(found(run, "DurationMs = 0")).isTrue();
  }

  @Test
  @Scenario("VI-30")
  void end_ofARunWithoutARecord_makesNone() {
    RunKey run = startedRun();

    commit(Samples.close(run, 1, WorkflowState.COMPLETED));

    assertThat(store().find(run)).isEmpty();
  }
}
