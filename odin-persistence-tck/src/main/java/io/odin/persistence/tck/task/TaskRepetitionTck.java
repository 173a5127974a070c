package io.odin.persistence.tck.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskFate;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests that are sent again after others have acted on what they wrote. */
public abstract class TaskRepetitionTck extends AbstractTaskQueueTck {

  private static final int ROUNDS = 60;

  /** For backends. */
  protected TaskRepetitionTck() {}

  private NewTask named(long id) {
    return NewTask.builder(queue(), newRun(), Json.of("{\"named\":" + id + "}")).taskId(id).build();
  }

  private LeasedTask pollOne() {
    List<LeasedTask> tasks = store().poll(PollRequest.of(queue(), "worker", LONG, 1));
    assertThat(tasks).hasSize(1);
    return tasks.getFirst();
  }

  private void assertNothingToDo() {
    assertThat(store().poll(PollRequest.of(queue(), "worker", LONG, 1))).isEmpty();
    assertThat(store().depth(queue()).ready()).isZero();
  }

  @Test
  @Scenario("TQ-40")
  void enqueue_afterTheTaskWasCompleted_hasNoEffect() {
    List<NewTask> batch = IntStream.range(0, 100).mapToObj(this::named).toList();
    List<TaskKey> keys = store().enqueueAll(batch);
    store()
        .completeAll(
            store().poll(PollRequest.of(queue(), "worker", LONG, 100)).stream()
                .map(LeasedTask::lease)
                .toList());

    assertThat(store().enqueueAll(batch)).isEqualTo(keys);
    assertThat(store().enqueue(batch.getFirst())).isEqualTo(keys.getFirst());

    assertNothingToDo();
  }

  @Test
  @Scenario("TQ-40")
  void enqueue_ofOthersTogetherWithACompletedTask_addsTheOthers() {
    NewTask completed = named(1);
    NewTask waiting = named(2);
    NewTask added = named(3);
    NewTask generated = NewTask.of(queue(), newRun(), Json.emptyObject());
    store().enqueue(completed);
    store().complete(pollOne().lease());
    store().enqueue(waiting);

    store().enqueueAll(List.of(completed, waiting, added, generated));

    assertThat(store().depth(queue()).ready()).isEqualTo(3);
  }

  @Test
  @Scenario("TQ-40")
  void enqueue_ofAnotherTaskUnderACompletedId_isRefused() {
    store().enqueue(named(7));
    store().complete(pollOne().lease());

    AlreadyExistsException refused =
        thrownBy(AlreadyExistsException.class, () -> store().enqueue(named(7)));

    assertThat(refused.existing(TaskKey.class)).isEqualTo(new TaskKey(queue(), 7));
    assertNothingToDo();
  }

  @Test
  @Scenario("TQ-40")
  void enqueue_afterTheTaskBecameADeadLetter_hasNoEffect() {
    NewTask task = named(7);
    TaskKey key = store().enqueue(task);
    store().fail(pollOne().lease(), new TaskFailure("broken", Duration.ZERO, 1));

    store().enqueue(task);
    assertNothingToDo();
    assertThat(store().depth(queue()).dead()).isEqualTo(1);

    assertThat(store().redrive(List.of(key))).isEqualTo(1);
    store().enqueue(task);
    store().complete(pollOne().lease());
    store().enqueue(task);
    assertNothingToDo();
    assertThat(store().depth(queue()).dead()).isZero();
  }

  @Test
  @Scenario("TQ-40")
  void enqueue_afterTheDeadLetterWasDeleted_hasNoEffect() {
    NewTask task = named(7);
    TaskKey key = store().enqueue(task);
    store().fail(pollOne().lease(), new TaskFailure("broken", Duration.ZERO, 1));
    store().deleteDeadLetters(List.of(key));

    store().enqueue(task);

    assertNothingToDo();
  }

  @Test
  @Scenario("TQ-40")
  void enqueue_afterTheTaskWasPurged_hasNoEffect() {
    NewTask task =
        NewTask.builder(queue(), newRun(), Json.emptyObject())
            .taskId(7)
            .expiresAfter(Duration.ofMillis(1))
            .build();
    store().enqueue(task);
    await().until(() -> store().purgeExpired(namespace(), 10) == 1);
    NewTask bySql =
        NewTask.builder(queue(), newRun(), Json.emptyObject())
            .taskId(8)
            .expiresAfter(Duration.ofMillis(1))
            .build();
    store().enqueue(bySql);
    await()
        .until(
            () -> {
              database().sqlFunctions().cleanupExpiredTasks();
              return Long.valueOf(0).equals(database().rowCounts(namespace()).get("task_queues"));
            });

    store().enqueueAll(List.of(task, bySql));

    assertThat(store().listQueues(namespace(), PageRequest.first(1)).items()).isEmpty();
  }

  @Test
  @Scenario("TQ-40")
  void enqueue_whileTheTaskIsCompleted_hasNoEffect() {
    for (int round = 0; round < ROUNDS; round++) {
      NewTask task = named(round);
      store().enqueue(task);
      TaskLease lease = pollOne().lease();

      Future<TaskKey> again = Concurrently.start(() -> store().enqueue(task));
      store().complete(lease);
      Concurrently.resultOf(again);

      assertNothingToDo();
    }
  }

  @Test
  @Scenario("TQ-40")
  void commit_thatEnqueuesACompletedTask_isAppliedWithoutIt() {
    RunKey run = startedRun();
    NewTask task = NewTask.builder(queue(), run, Json.emptyObject()).taskId(7).build();
    store().enqueue(task);
    store().complete(pollOne().lease());

    persistence()
        .executions()
        .commit(transaction(Samples.update(run, 1).build()).enqueue(task).build());

    assertThat(persistence().executions().find(run).orElseThrow().execution().version())
        .isEqualTo(2);
    assertNothingToDo();
    thrownBy(
        AlreadyExistsException.class,
        () ->
            persistence()
                .executions()
                .commit(transaction(Samples.update(run, 2).build()).enqueue(named(7)).build()));
    assertThat(persistence().executions().find(run).orElseThrow().execution().version())
        .isEqualTo(2);
  }

  @Test
  @Scenario("TQ-40")
  void trimCompletions_alsoTrimsTheIdsOfCallers() {
    List<NewTask> batch = new ArrayList<>();
    IntStream.range(0, 3).mapToObj(this::named).forEach(batch::add);
    store().enqueueAll(batch);
    for (int i = 0; i < 3; i++) {
      store().complete(pollOne().lease());
    }

    assertThat(store().trimCompletions(namespace(), LONG, 10)).isZero();
    assertThat(store().trimCompletions(namespace(), Duration.ZERO, 2)).isEqualTo(2);
    assertThat(store().trimCompletions(namespace(), Duration.ZERO, 2)).isEqualTo(1);
    assertThat(store().trimCompletions(namespace(), Duration.ZERO, 2)).isZero();

    store().enqueueAll(batch);
    assertThat(store().depth(queue()).ready()).isEqualTo(3);
  }

  @Test
  @Scenario("TQ-41")
  void fail_again_returnsTheFirstFate() {
    TaskFailure failure = new TaskFailure("broken", Duration.ZERO, 2);
    store().enqueue(NewTask.of(queue(), newRun(), Json.emptyObject()));
    TaskLease first = pollOne().lease();
    assertThat(store().fail(first, failure)).isEqualTo(TaskFate.RETRIED);
    TaskLease second = pollOne().lease();

    assertThat(store().fail(first, failure)).isEqualTo(TaskFate.RETRIED);
    assertThat(store().heartbeat(second, LONG)).isNotNull();
    assertThat(store().fail(second, failure)).isEqualTo(TaskFate.DEAD);
    store().redrive(List.of(second.task()));
    store().complete(pollOne().lease());

    assertThat(store().fail(first, failure)).isEqualTo(TaskFate.RETRIED);
    assertThat(store().fail(second, failure)).isEqualTo(TaskFate.DEAD);
    assertNothingToDo();
    assertThat(store().depth(queue()).dead()).isZero();
  }

  @Test
  @Scenario("TQ-41")
  void release_again_hasNoEffect() {
    store().enqueue(NewTask.of(queue(), newRun(), Json.emptyObject()));
    TaskLease first = pollOne().lease();
    store().release(first);
    store().release(first);
    LeasedTask second = pollOne();
    assertThat(second.lease().attempt()).isEqualTo(1);

    store().release(first);
    store().complete(second.lease());
    store().release(first);

    assertNothingToDo();
  }

  @Test
  @Scenario("TQ-41")
  void anotherEndOfALease_thanTheFirst_isRefused() {
    TaskFailure failure = new TaskFailure("broken", Duration.ZERO, 5);
    for (int i = 0; i < 3; i++) {
      store().enqueue(NewTask.of(queue(), newRun(), Json.emptyObject()));
    }
    TaskLease released = pollOne().lease();
    TaskLease failed = pollOne().lease();
    TaskLease completed = pollOne().lease();
    store().release(released);
    store().fail(failed, failure);
    store().complete(completed);

    thrownBy(LeaseLostException.class, () -> store().complete(released));
    thrownBy(LeaseLostException.class, () -> store().fail(released, failure));
    thrownBy(LeaseLostException.class, () -> store().complete(failed));
    thrownBy(LeaseLostException.class, () -> store().release(failed));
    thrownBy(LeaseLostException.class, () -> store().fail(completed, failure));
    thrownBy(LeaseLostException.class, () -> store().release(completed));
    assertThat(store().depth(queue()).ready()).isEqualTo(2);
  }
}
