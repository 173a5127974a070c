package io.odin.persistence.tck.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LeaseLostException.Reason;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commit that starts the run of a due time, records it and advances the schedule. */
public abstract class ScheduleCommitTck extends AbstractScheduleTck {

  /** For backends. */
  protected ScheduleCommitTck() {}

  private WorkflowTransaction starting(RunKey run, ScheduleLease lease) {
    return transaction(Samples.create(run)).advances(lease).build();
  }

  private CommitResult commit(WorkflowTransaction transaction) {
    return persistence().executions().commit(transaction);
  }

  private ScheduleLease due() {
    dueSince(Duration.ofMinutes(30));
    return claimedOne();
  }

  /** The exception of a commit that must change no table. */
  private <E extends PersistenceException> E refused(
      Class<E> type, WorkflowTransaction transaction) {
    ScheduleLease lease = transaction.scheduleAdvance().orElseThrow();
    Map<String, Long> rows = database().rowCounts(namespace());
    Schedule before = store().find(lease.schedule()).orElseThrow();

    E failure = thrownBy(type, () -> commit(transaction));

    assertThat(database().rowCounts(namespace())).isEqualTo(rows);
    assertThat(store().find(lease.schedule())).contains(before);
    return failure;
  }

  @Test
  @Scenario("SC-11")
  void commit_startsTheRunAndAdvancesTheSchedule() {
    ScheduleLease lease = due();
    RunKey run = newRun();

    commit(starting(run, lease));

    assertThat(persistence().executions().find(run)).isPresent();
    Schedule moved = store().find(lease.schedule()).orElseThrow();
    assertThat(moved.lastDueAt()).contains(lease.dueAt());
    assertThat(moved.nextDueAt()).isEqualTo(lease.nextDueAt());
    ScheduleRun recorded = history(lease.schedule()).getFirst();
    assertThat(recorded.run()).contains(run);
    assertThat(recorded.dueAt()).isEqualTo(lease.dueAt());
    assertThat(recorded.startedAt()).isPresent();
    assertThat(recorded.result()).isEmpty();
    assertThat(store().recordResult(run, ScheduleResult.COMPLETED, "")).isTrue();
  }

  @Test
  @Scenario("SC-11")
  void commit_again_hasTheSameResult() {
    ScheduleLease lease = due();
    WorkflowTransaction transaction = starting(newRun(), lease);
    CommitResult first = commit(transaction);

    assertThat(commit(transaction)).isEqualTo(first);

    assertThat(history(lease.schedule())).hasSize(1);
  }

  @Test
  @Scenario("SC-11")
  void commit_thatTheIdReusePolicyRefuses_keepsTheClaim() {
    RunKey closed = startedRun();
    commit(Samples.close(closed, 1, WorkflowState.COMPLETED));
    ScheduleLease lease = due();
    CreateRun start =
        Samples.create(
                RunKey.create(namespace(), closed.workflowId()),
                CreateMode.byPolicy(IdReusePolicy.REJECT_DUPLICATE, OpenRunPolicy.fail()))
            .build();

    refused(CurrentRunConflictException.class, transaction(start).advances(lease).build());
    store().advance(lease, DueOutcome.skipped("the workflow id was used"));

    assertThat(history(lease.schedule()))
        .singleElement()
        .satisfies(run -> assertThat(run.result()).contains(ScheduleResult.SKIPPED));
    assertThat(store().find(lease.schedule()).orElseThrow().nextDueAt())
        .isEqualTo(lease.nextDueAt());
    assertThat(persistence().executions().find(start.key())).isEmpty();
  }

  @Test
  @Scenario("SC-11")
  void commit_thatReturnsTheOpenRun_keepsTheClaim() {
    RunKey open = startedRun();
    ScheduleLease lease = due();
    CreateRun start =
        Samples.create(
                RunKey.create(namespace(), open.workflowId()),
                CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.useExisting()))
            .build();

    CommitResult result = commit(transaction(start).advances(lease).build());

    assertThat(result.isApplied()).isFalse();
    assertThat(history(lease.schedule())).isEmpty();
    skip(lease);
  }

  @Test
  @Scenario("SC-11")
  void commit_thatTerminatesTheOpenRun_advancesTheSchedule() {
    RunKey open = startedRun();
    ScheduleLease lease = due();
    CreateRun start =
        Samples.create(
                RunKey.create(namespace(), open.workflowId()),
                CreateMode.byPolicy(
                    IdReusePolicy.ALLOW_DUPLICATE,
                    OpenRunPolicy.terminateExisting(
                        "Terminated", Samples.ENDED, Samples.event(1).data())))
            .build();

    commit(transaction(start).advances(lease).build());

    assertThat(history(lease.schedule()).getFirst().run()).contains(start.key());
  }

  @Test
  @Scenario("SC-11")
  void commit_byManyForOneDueTime_startsOneRun() {
    ScheduleLease lease = due();

    Concurrently.Outcomes<RunKey> outcomes =
        Concurrently.run(
            Concurrently.COMPETITORS,
            i -> {
              RunKey run = newRun();
              commit(starting(run, lease));
              return run;
            });

    RunKey winner = outcomes.onlyWinner(AlreadyExistsException.class);
    assertThat(history(lease.schedule()).getFirst().run()).contains(winner);
    assertThat(database().rowCounts(namespace())).containsEntry("workflow_executions", 1L);
    AlreadyExistsException late = refused(AlreadyExistsException.class, starting(newRun(), lease));
    assertThat(late.existing(ScheduleRun.class).run()).contains(winner);
  }

  @Test
  @Scenario("SC-20")
  void commit_whenTheLeaseIsLost_writesNothing() {
    ScheduleLease expired = expiredLease();
    assertThat(refused(LeaseLostException.class, starting(newRun(), expired)).reason())
        .isEqualTo(Reason.EXPIRED);

    ScheduleLease taken = claimedOne();
    assertThat(refused(LeaseLostException.class, starting(newRun(), expired)).reason())
        .isEqualTo(Reason.TAKEN_OVER);

    store()
        .update(
            taken.schedule(),
            Samples.schedule(ScheduleSpec.interval(Duration.ofDays(1))).build(),
            1);
    assertThat(refused(LeaseLostException.class, starting(newRun(), taken)).reason())
        .isEqualTo(Reason.GONE);
  }
}
