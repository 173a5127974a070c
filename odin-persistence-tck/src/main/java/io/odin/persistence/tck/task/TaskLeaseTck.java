package io.odin.persistence.tck.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LeaseLostException.Reason;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.Retry;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.LostLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskFate;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Leases of tasks: heartbeats, and the four ways in which a lease ends. */
public abstract class TaskLeaseTck extends AbstractTaskQueueTck {

  /** For backends. */
  protected TaskLeaseTck() {}

  private LeasedTask leasedTask() {
    store().enqueue(task().build());
    return poll(1).getFirst();
  }

  private Reason lost(ThrowingCallable call) {
    LeaseLostException lost = thrownBy(LeaseLostException.class, call);
    assertThat(lost.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(lost.retry()).isEqualTo(Retry.NEVER);
    return lost.reason();
  }

  /** All operations that need a live lease; the last one is the release. */
  private List<Consumer<TaskLease>> usesOfALease() {
    return List.of(
        lease -> store().heartbeat(lease, LONG),
        lease -> store().complete(lease),
        lease -> store().fail(lease, new TaskFailure("broken", Duration.ZERO, 9)),
        lease -> store().release(lease));
  }

  @Test
  @Scenario("TQ-15")
  void heartbeat_keepsTheTaskBeyondTheFirstExpiry() {
    store().enqueue(task().build());
    TaskLease lease =
        store().poll(request("worker-a", Duration.ofSeconds(4), 1)).getFirst().lease();
    Instant before = databaseNow();

    TaskLease extended = store().heartbeat(lease, LONG);

    assertThat(extended.expiresAt()).isBetween(before.plus(LONG), databaseNow().plus(LONG));
    assertThat(extended.leaseId()).isEqualTo(lease.leaseId());
    assertThat(extended.attempt()).isEqualTo(1);
    awaitEnd(lease);
    assertThat(poll(1)).isEmpty();
    store().complete(lease);
    assertThat(store().depth(queue()).leased()).isZero();
  }

  @Test
  @Scenario("TQ-16")
  void everyUse_whenLeaseHasExpired_isRefused() {
    TaskLease expired = expiredLease();

    for (Consumer<TaskLease> use : usesOfALease()) {
      assertThat(lost(() -> use.accept(expired))).isEqualTo(Reason.EXPIRED);
    }

    assertThat(awaitTask().lease().attempt()).isEqualTo(2);
  }

  @Test
  @Scenario({"TQ-16", "TQ-18"})
  void everyUse_whenTaskWasTakenOver_isRefusedAndKeepsTheNewLease() {
    TaskLease expired = expiredLease();
    TaskLease taken = awaitTask().lease();

    for (Consumer<TaskLease> use : usesOfALease()) {
      assertThat(lost(() -> use.accept(expired))).isEqualTo(Reason.TAKEN_OVER);
    }

    assertThat(store().depth(queue()).leased()).isEqualTo(1);
    assertThat(store().heartbeat(taken, Duration.ofSeconds(1)).expiresAt())
        .isEqualTo(taken.expiresAt());
    store().complete(taken);
  }

  @Test
  @Scenario("TQ-16")
  void everyUse_whenTaskIsMissing_isRefused() {
    TaskLease held = leasedTask().lease();
    TaskLease unknownTask =
        new TaskLease(
            new TaskKey(queue(), 123_456), UUID.randomUUID(), "worker-a", 1, held.expiresAt());

    for (Consumer<TaskLease> use : usesOfALease()) {
      assertThat(lost(() -> use.accept(unknownTask))).isEqualTo(Reason.GONE);
    }
  }

  @Test
  @Scenario("TQ-16")
  void everyOtherUse_whenLeaseWasReleased_isRefused() {
    TaskLease released = leasedTask().lease();
    store().release(released);

    for (Consumer<TaskLease> use : usesOfALease().subList(0, 3)) {
      assertThat(lost(() -> use.accept(released))).isEqualTo(Reason.GONE);
    }

    assertThat(store().depth(queue()).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-17")
  void heartbeat_neverShortensTheLease() {
    TaskLease lease = leasedTask().lease();

    TaskLease unchanged = store().heartbeat(lease, Duration.ofSeconds(10));

    assertThat(unchanged.expiresAt()).isEqualTo(lease.expiresAt());
  }

  @Test
  @Scenario("TQ-19")
  void complete_again_changesNothing() {
    TaskLease lease = leasedTask().lease();
    store().complete(lease);

    assertThatCode(() -> store().complete(lease)).doesNotThrowAnyException();

    assertThat(store().depth(queue()).leased()).isZero();
  }

  @Test
  @Scenario("TQ-19")
  void complete_whenAnotherLeaseCompletedTheTask_isRefused() {
    TaskLease lease = leasedTask().lease();
    store().complete(lease);
    TaskLease other =
        new TaskLease(lease.task(), UUID.randomUUID(), "worker-b", 1, lease.expiresAt());

    assertThat(lost(() -> store().complete(other))).isEqualTo(Reason.GONE);
  }

  @Test
  @Scenario("TQ-19")
  void complete_thenOtherUses_areRefused() {
    TaskLease lease = leasedTask().lease();
    store().complete(lease);

    assertThat(lost(() -> store().heartbeat(lease, LONG))).isEqualTo(Reason.GONE);
    assertThat(lost(() -> store().release(lease))).isEqualTo(Reason.GONE);
  }

  @Test
  @Scenario("TQ-33")
  void completeAll_completesLiveLeasesAndReturnsTheOthers() {
    TaskLease held = leasedTask().lease();
    TaskLease alsoHeld = leasedTask().lease();
    TaskLease completed = leasedTask().lease();
    store().complete(completed);
    TaskLease takenOver = takenOverLease();
    TaskLease expired = expiredLease();

    List<LostLease> lost =
        store().completeAll(List.of(held, expired, takenOver, completed, alsoHeld));

    assertThat(lost)
        .containsExactlyInAnyOrder(
            new LostLease(expired, Reason.EXPIRED), new LostLease(takenOver, Reason.TAKEN_OVER));
    assertThat(store().completeAll(List.of(held, alsoHeld))).isEmpty();
    assertThat(store().completeAll(List.of())).isEmpty();
    assertThat(store().depth(queue()).leased()).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-20")
  void fail_redeliversTheTaskAfterItsDelay() {
    TaskLease lease = leasedTask().lease();

    TaskFate fate = store().fail(lease, new TaskFailure("timed out", Duration.ofSeconds(2), 3));

    assertThat(fate).isEqualTo(TaskFate.RETRIED);
    assertThat(poll(1)).isEmpty();
    assertThat(store().depth(queue()).delayed()).isEqualTo(1);
    assertThat(store().depth(queue()).leased()).isZero();
    LeasedTask again = awaitTask();
    assertThat(again.lease().attempt()).isEqualTo(2);
    assertThat(again.lease().leaseId()).isNotEqualTo(lease.leaseId());
  }

  @Test
  @Scenario("TQ-21")
  void fail_atTheLastAttempt_createsADeadLetterThatCanBeRedriven() {
    NewTask task = task(newRun()).taskId(5).priority(2).build();
    store().enqueue(task);
    TaskFailure failure = new TaskFailure("no such customer — ünbekannt", Duration.ZERO, 3);
    assertThat(store().fail(poll(1).getFirst().lease(), failure)).isEqualTo(TaskFate.RETRIED);
    assertThat(store().fail(poll(1).getFirst().lease(), failure)).isEqualTo(TaskFate.RETRIED);
    Instant before = databaseNow();

    TaskFate fate = store().fail(poll(1).getFirst().lease(), failure);

    assertThat(fate).isEqualTo(TaskFate.DEAD);
    assertThat(poll(1)).isEmpty();
    assertThat(store().depth(queue()).dead()).isEqualTo(1);
    assertThat(store().depth(queue()).leased()).isZero();
    DeadLetter letter = store().deadLetters(queue(), PageRequest.first(10)).items().getFirst();
    assertThat(letter.key()).isEqualTo(new TaskKey(queue(), 5));
    assertThat(letter.run()).isEqualTo(task.run());
    assertThat(letter.data()).isEqualTo(task.data());
    assertThat(letter.attempts()).isEqualTo(3);
    assertThat(letter.reason()).isEqualTo("no such customer — ünbekannt");
    assertThat(letter.deadAt()).isBetween(before, databaseNow());

    assertThat(store().redrive(List.of(letter.key()))).isEqualTo(1);
    LeasedTask redriven = poll(1).getFirst();
    assertThat(redriven.task().key()).isEqualTo(letter.key());
    assertThat(redriven.task().run()).isEqualTo(task.run());
    assertThat(redriven.task().priority()).isEqualTo(2);
    assertThat(redriven.lease().attempt()).isEqualTo(1);
    assertThat(store().depth(queue()).dead()).isZero();
  }

  @Test
  @Scenario("TQ-22")
  void release_makesTheTaskReadyWithoutCountingTheAttempt() {
    TaskLease lease = leasedTask().lease();

    store().release(lease);

    LeasedTask again = poll(1).getFirst();
    assertThat(again.lease().attempt()).isEqualTo(1);
    assertThat(again.lease().leaseId()).isNotEqualTo(lease.leaseId());
  }

  @Test
  @Scenario("TQ-25")
  void purgeExpired_keepsAnExpiredTaskUntilItsLeaseEnds() {
    store().enqueue(task().taskId(1).expiresAfter(Duration.ofSeconds(2)).build());
    store().enqueue(task().taskId(2).expiresAfter(Duration.ofSeconds(2)).build());
    LeasedTask leased = poll(1).getFirst();
    await().until(() -> store().purgeExpired(namespace(), 10) == 1);

    assertThat(store().purgeExpired(namespace(), 10)).isZero();
    assertThatCode(() -> store().heartbeat(leased.lease(), LONG)).doesNotThrowAnyException();

    store().release(leased.lease());
    assertThat(poll(10)).isEmpty();
    assertThat(store().purgeExpired(namespace(), 10)).isEqualTo(1);
  }
}
