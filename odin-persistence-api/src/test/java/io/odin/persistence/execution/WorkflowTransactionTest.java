package io.odin.persistence.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.CommitResult.RunVersion;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WorkflowTransactionTest {

  private static final CreateMode BY_POLICY =
      CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.fail());

  @Test
  void transaction_holdsWhatWasGiven() {
    UUID commitId = new UUID(9, 9);
    UpdateRun close = Parts.update();
    CreateRun next = Parts.create(CreateMode.replaceClosed(Parts.RUN.runId()));
    WorkflowTransaction transaction =
        transaction(close, next)
            .commitId(commitId)
            .queryCompletion(Parts.completion(QueryAnswer.error("broken")))
            .enqueue(Parts.task())
            .completes(Parts.lease())
            .build();
    assertThat(transaction.shard()).isEqualTo(Parts.SHARD);
    assertThat(transaction.commitId()).isEqualTo(commitId);
    assertThat(transaction.namespace()).isEqualTo(Parts.NAMESPACE);
    assertThat(transaction.changes()).containsExactly(close, next);
    assertThat(transaction.tasks()).containsExactly(Parts.task());
    assertThat(transaction.queryCompletions())
        .containsExactly(Parts.completion(QueryAnswer.error("broken")));
    assertThat(transaction.taskCompletion()).hasValue(Parts.lease());
    assertThat(CommitResult.applied(transaction).runs())
        .containsExactly(new RunVersion(Parts.RUN, 7), new RunVersion(Parts.NEXT_RUN, 1));
  }

  @Test
  void commitId_isTimeOrdered_andNewEachTime() {
    WorkflowTransaction one = transaction(Parts.update()).build();
    WorkflowTransaction other = transaction(Parts.update()).build();
    assertThat(one.commitId().version()).isEqualTo(7);
    assertThat(one.commitId()).isNotEqualTo(other.commitId());
  }

  @Test
  void builder_goesOnWithoutChangingWhatItHasBuilt() {
    WorkflowTransaction.Builder builder = transaction(Parts.update());
    WorkflowTransaction transaction = builder.build();
    builder.enqueue(Parts.task()).change(Parts.create(BY_POLICY));
    assertThat(transaction.changes()).hasSize(1);
    assertThat(transaction.tasks()).isEmpty();
    assertThat(transaction.taskCompletion()).isEmpty();
  }

  @Test
  void changes_areOneOrTwo() {
    assertRefused(() -> transaction().build(), "changes are 0");
    assertRefused(
        () ->
            transaction(
                    Parts.update(), Parts.create(CreateMode.bypassCurrent()), run("another-run"))
                .build(),
        "changes are 3");
  }

  @Test
  void answers_toOtherRunsOrTwice_areRefused() {
    QueryCompletion answer = Parts.completion(QueryAnswer.error("broken"));
    assertRefused(
        () -> transaction(run("another-run")).queryCompletion(answer).build(),
        "queryCompletions answer a query to a run that is not changed here");
    assertRefused(
        () -> transaction(Parts.update()).queryCompletion(answer).queryCompletion(answer).build(),
        "queryCompletions answer a query twice");
  }

  @Test
  void changes_ofTheSameRun_areRefused() {
    assertRefused(
        () -> transaction(Parts.update(), Parts.update()).build(),
        "changes name the same run twice");
  }

  @Test
  void changes_ofTwoRunsOfOneRunId_areTwoRuns() {
    RunKey namesake = new RunKey(Parts.NAMESPACE, "order-2", Parts.RUN.runId());
    assertThat(
            transaction(Parts.update(), UpdateRun.builder(namesake, 1, Parts.running()).build())
                .build()
                .changes())
        .hasSize(2);
  }

  @Test
  void twoStartsByPolicy_areRefused_oneIsNot() {
    CreateRun other =
        CreateRun.builder(
                new RunKey(Parts.NAMESPACE, "order-2", new UUID(2, 9)),
                BY_POLICY,
                Parts.definition(),
                Parts.running())
            .build();
    assertRefused(
        () -> transaction(Parts.create(BY_POLICY), other).build(),
        "changes start two runs by policy");
    assertThat(transaction(Parts.create(BY_POLICY)).build().changes()).hasSize(1);
    assertThat(transaction(run("order-9"), other).build().changes()).hasSize(2);
  }

  @Test
  void anythingOfAnotherNamespace_isRefused() {
    RunKey foreignRun = new RunKey(Parts.OTHER_NAMESPACE, "order-1", new UUID(2, 1));
    TaskQueue foreignQueue = new TaskQueue(Parts.OTHER_NAMESPACE, "orders", TaskType.WORKFLOW);
    assertRefused(
        () ->
            transaction(Parts.update(), UpdateRun.builder(foreignRun, 1, Parts.running()).build())
                .build(),
        "changes are in two namespaces");
    assertRefused(
        () ->
            transaction(Parts.update())
                .enqueue(NewTask.of(foreignQueue, foreignRun, Parts.DATA))
                .build(),
        "tasks go to another namespace");
    assertRefused(
        () ->
            transaction(Parts.update())
                .completes(
                    new TaskLease(
                        new TaskKey(foreignQueue, 1), new UUID(4, 1), "worker", 1, Parts.AT))
                .build(),
        "taskCompletion is of another namespace");
    assertRefused(
        () -> transaction(run("order-9")).advances(foreignDue()).build(),
        "scheduleAdvance is of another namespace");
  }

  private static ScheduleLease foreignDue() {
    ScheduleLease due = Parts.due();
    return new ScheduleLease(
        new ScheduleKey(Parts.OTHER_NAMESPACE, due.schedule().scheduleId()),
        due.leaseId(),
        due.owner(),
        due.dueAt(),
        due.nextDueAt(),
        due.expiresAt());
  }

  @Test
  void scheduleAdvance_needsOneStart() {
    assertThat(transaction(Parts.update(), run("order-9")).advances(Parts.due()).build())
        .extracting(WorkflowTransaction::scheduleAdvance)
        .isEqualTo(Optional.of(Parts.due()));
    for (WorkflowTransaction.Builder builder :
        List.of(
            transaction(Parts.update()),
            transaction(run("order-9"), Parts.create(CreateMode.brandNew())))) {
      assertRefused(
          () -> builder.advances(Parts.due()).build(),
          "scheduleAdvance needs a transaction that starts one run");
    }
  }

  @Test
  void parts_areOfAnyNumber() {
    UpdateRun.Builder update = UpdateRun.builder(Parts.RUN, 6, Parts.running());
    WorkflowTransaction.Builder builder = WorkflowTransaction.builder(Parts.SHARD);
    for (int i = 0; i < 3000; i++) {
      update.timer(Parts.timer("t-" + i)).consumeSignal("s-" + i);
      builder.enqueue(Parts.task());
    }

    assertThat(builder.change(update.build()).build().tasks()).hasSize(3000);
  }

  @Test
  @SuppressWarnings("NullAway") // What a caller without null checks does.
  void null_isRefusedByName() {
    assertRefused(
        () -> WorkflowTransaction.builder(null).change(Parts.update()).build(), "shard is null");
    assertRefused(() -> transaction(Parts.update()).commitId(null).build(), "commitId is null");
    assertRefused(() -> transaction().change(null), "changes is null");
    assertRefused(() -> transaction().enqueue(null), "tasks is null");
    assertRefused(() -> transaction().completes(null), "taskCompletion is null");
    assertRefused(() -> transaction().advances(null), "scheduleAdvance is null");
  }

  @Test
  void aBaseThatTheSameTransactionCreates_isRefused() {
    CreateRun base = Parts.create(CreateMode.bypassCurrent());
    CreateRun copy =
        CreateRun.builder(
                new RunKey(base.key().namespace(), base.key().workflowId(), new UUID(2, 77)),
                CreateMode.bypassCurrent(),
                Parts.definition(Optional.of(new BaseRun(base.key().runId(), 1))),
                Parts.running())
            .build();
    assertRefused(() -> transaction(base, copy).build(), "base is created by the same transaction");
  }

  @Test
  void result_ofAStartThatFoundARun_wroteNothing() {
    RunSummary found =
        new RunSummary(
            Parts.RUN,
            "order",
            WorkflowState.RUNNING,
            4,
            Parts.AT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    CommitResult result = CommitResult.existing(found);
    assertThat(result.isApplied()).isFalse();
    assertThat(result.runs()).isEmpty();
    assertThat(result.existing()).hasValue(found);
    assertThat(CommitResult.applied(transaction(Parts.update()).build()).isApplied()).isTrue();
  }

  private static CreateRun run(String workflowId) {
    return CreateRun.builder(
            new RunKey(Parts.NAMESPACE, workflowId, new UUID(2, 8)),
            CreateMode.brandNew(),
            Parts.definition(),
            Parts.running())
        .build();
  }

  private static WorkflowTransaction.Builder transaction(RunChange... changes) {
    WorkflowTransaction.Builder builder = WorkflowTransaction.builder(Parts.SHARD);
    for (RunChange change : changes) {
      builder.change(change);
    }
    return builder;
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(call)
        .withMessageStartingWith(message);
  }
}
