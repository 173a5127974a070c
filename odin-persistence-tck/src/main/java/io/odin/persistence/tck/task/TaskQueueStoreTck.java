package io.odin.persistence.tck.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.QueueDepth;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Enqueuing tasks, reading the depth of queues, and housekeeping. */
public abstract class TaskQueueStoreTck extends AbstractTaskQueueTck {

  /** For backends. */
  protected TaskQueueStoreTck() {}

  @Test
  @Scenario("TQ-23")
  void enqueue_sameTaskAgain_changesNothing() {
    NewTask task = task().taskId(7).build();

    TaskKey first = store().enqueue(task);
    TaskKey again = store().enqueue(task);

    assertThat(again).isEqualTo(first);
    assertThat(store().depth(queue()).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-23")
  void enqueue_sameTaskWhileItIsLeased_changesNothing() {
    NewTask task = task().taskId(7).build();
    store().enqueue(task);
    TaskLease lease = poll(1).getFirst().lease();

    store().enqueue(task);

    assertThat(poll(1)).isEmpty();
    store().complete(lease);
    assertThat(store().depth(queue()).ready()).isZero();
  }

  @Test
  @Scenario("TQ-23")
  void enqueue_otherContentUnderTheSameId_isRefused() {
    RunKey run = newRun();
    NewTask task = task(run).taskId(7).build();
    TaskKey stored = store().enqueue(task);

    for (NewTask other :
        List.of(
            task(newRun()).taskId(7).build(),
            task(run).taskId(7).priority(1).build(),
            NewTask.builder(queue(), run, Json.of("{\"do\":\"other\"}")).taskId(7).build())) {
      AlreadyExistsException refused =
          thrownBy(AlreadyExistsException.class, () -> store().enqueue(other));
      assertThat(refused.kind()).isEqualTo("task");
      assertThat(refused.existing(TaskKey.class)).isEqualTo(stored);
    }

    assertThat(poll(10)).singleElement().extracting("task.data").isEqualTo(task.data());
  }

  @Test
  @Scenario("TQ-23")
  void enqueue_sameIdInAnotherQueue_isAnotherTask() {
    store().enqueue(task().taskId(7).build());
    TaskQueue workflows = new TaskQueue(namespace(), queue().name(), TaskType.WORKFLOW);

    store().enqueue(NewTask.builder(workflows, newRun(), Json.emptyObject()).taskId(7).build());

    assertThat(store().depth(queue()).ready()).isEqualTo(1);
    assertThat(store().depth(workflows).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-24")
  void enqueueAll_whenOneIsRefused_storesNone() {
    store().enqueue(task().taskId(50).priority(1).build());
    List<NewTask> tasks = new ArrayList<>();
    for (int id = 1; id <= 100; id++) {
      tasks.add(task().taskId(id).build());
    }

    thrownBy(AlreadyExistsException.class, () -> store().enqueueAll(tasks));

    assertThat(store().depth(queue()).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-24")
  void enqueueAll_returnsKeysInTheOrderOfTheTasks() {
    List<NewTask> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tasks.add(i % 2 == 0 ? task(newRun()).taskId(1_000_000 - i).build() : task(newRun()).build());
    }

    List<TaskKey> keys = store().enqueueAll(tasks);

    List<LeasedTask> delivered = poll(100);
    assertThat(delivered).hasSize(tasks.size());
    for (LeasedTask leased : delivered) {
      int position = keys.indexOf(leased.task().key());
      assertThat(leased.task().run()).isEqualTo(tasks.get(position).run());
    }
  }

  @Test
  @Scenario("TQ-39")
  void enqueue_withoutAnId_neverCollidesWithATaskThatHasOne() {
    List<NewTask> chosen = new ArrayList<>();
    for (int id = 0; id < 500; id++) {
      chosen.add(task(newRun()).taskId(id).build());
    }
    store().enqueueAll(chosen);

    List<TaskKey> made = store().enqueueAll(Collections.nCopies(500, task().build()));

    assertThat(made).doesNotHaveDuplicates().allMatch(key -> key.taskId() < 0);
    assertThat(made).extracting(TaskKey::taskId).isSorted();
    assertThat(store().depth(queue()).ready()).isEqualTo(1000);
  }

  @Test
  @Scenario("TQ-24")
  void enqueueAll_sameTaskTwice_storesItOnce() {
    NewTask task = task().taskId(7).build();

    assertThat(store().enqueueAll(List.of(task, task)))
        .containsExactly(new TaskKey(queue(), 7), new TaskKey(queue(), 7));

    assertThat(store().depth(queue()).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-24")
  void enqueueAll_otherContentTwiceUnderOneId_isRefused() {
    NewTask task = task().taskId(7).build();
    NewTask other = task().taskId(7).priority(1).build();

    thrownBy(AlreadyExistsException.class, () -> store().enqueueAll(List.of(task, other)));

    assertThat(store().depth(queue()).ready()).isZero();
  }

  @Test
  @Scenario("TQ-24")
  void enqueueAll_whenBatchIsEmptyOrTooLargeOrMixed_isHandled() {
    NamespaceId other = newNamespace();
    NewTask foreign =
        NewTask.of(
            new TaskQueue(other, "orders", TaskType.ACTIVITY),
            RunKey.create(other, "workflow-of-a-task"),
            Json.emptyObject());
    List<NewTask> tooMany = new ArrayList<>();
    for (int i = 0; i <= 1000; i++) {
      tooMany.add(task().build());
    }

    assertThat(store().enqueueAll(List.of())).isEmpty();
    thrownBy(InvalidRequestException.class, () -> store().enqueueAll(tooMany));
    thrownBy(
        InvalidRequestException.class, () -> store().enqueueAll(List.of(task().build(), foreign)));

    assertThat(store().enqueueAll(tooMany.subList(0, 1000))).hasSize(1000);
    assertThat(store().depth(queue()).ready()).isEqualTo(1000);
  }

  @Test
  @Scenario("TQ-34")
  void enqueue_whenPayloadIsTooLarge_isRefused() {
    int limit = persistence().limits().blobBytes();
    Json largest = Json.of("\"" + "x".repeat(limit - 2) + "\"");
    Json tooLarge = Json.of("\"" + "x".repeat(limit - 1) + "\"");

    store().enqueue(NewTask.of(queue(), newRun(), largest));
    LimitExceededException refused =
        thrownBy(
            LimitExceededException.class,
            () -> store().enqueue(NewTask.of(queue(), newRun(), tooLarge)));

    assertThat(refused.limit()).isEqualTo("blobBytes");
    assertThat(poll(10)).singleElement().extracting("task.data").isEqualTo(largest);
  }

  @Test
  @Scenario("TQ-26")
  void purgeExpired_neverRemovesATaskForItsAge() {
    enqueueReady(3);
    database().ageTasks(queue(), Duration.ofDays(1));

    assertThat(store().purgeExpired(namespace(), 1000)).isZero();

    assertThat(store().depth(queue()).ready()).isEqualTo(3);
    assertThat(store().depth(queue()).oldestReady().orElseThrow())
        .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusHours(1));
  }

  @Test
  @Scenario("TQ-25")
  void purgeExpired_respectsItsLimitAndItsNamespace() {
    for (int i = 0; i < 5; i++) {
      store().enqueue(task().expiresAfter(Duration.ofMillis(1)).build());
    }
    store().enqueue(task().expiresAfter(LONG).build());
    await().until(() -> store().depth(queue()).ready() == 1);

    assertThat(store().purgeExpired(newNamespace(), 1000)).isZero();
    assertThat(store().purgeExpired(namespace(), 3)).isEqualTo(3);
    assertThat(store().purgeExpired(namespace(), 3)).isEqualTo(2);
    assertThat(store().purgeExpired(namespace(), 3)).isZero();
    assertThat(store().depth(queue()).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-14")
  void reclaimExpired_respectsItsLimitAndKeepsLiveLeases() {
    enqueueReady(6);
    poll(1);
    List<LeasedTask> expiring = store().poll(request("worker-a", SHORT, 5));
    awaitEnd(expiring.getLast().lease());

    assertThat(store().reclaimExpired(namespace(), 3)).isEqualTo(3);
    assertThat(store().reclaimExpired(namespace(), 3)).isEqualTo(2);
    assertThat(store().reclaimExpired(namespace(), 3)).isZero();

    assertThat(store().depth(queue()))
        .satisfies(
            depth -> {
              assertThat(depth.ready()).isEqualTo(5);
              assertThat(depth.leased()).isEqualTo(1);
            });
  }

  @Test
  @Scenario("TQ-27")
  void depth_countsTasksByState() {
    enqueueReady(3);
    store().enqueue(task().delay(LONG).build());
    store().enqueue(task().delay(LONG).build());
    store().enqueue(task().priority(1).build());
    poll(1);
    store().enqueue(task().priority(1).build());
    store().fail(poll(1).getFirst().lease(), new TaskFailure("broken", Duration.ZERO, 1));
    store().enqueue(task().priority(5).expiresAfter(Duration.ofMillis(1)).build());

    QueueDepth depth = await().until(() -> store().depth(queue()), found -> found.ready() == 3);

    assertThat(depth.delayed()).isEqualTo(2);
    assertThat(depth.leased()).isEqualTo(1);
    assertThat(depth.dead()).isEqualTo(1);
    assertThat(depth.oldestReady().orElseThrow()).isBetween(Duration.ZERO, Duration.ofMinutes(5));
  }

  @Test
  @Scenario("TQ-27")
  void depth_whenLeaseHasExpired_countsTheTaskAsReady() {
    expiredLease();

    assertThat(store().depth(queue()).ready()).isEqualTo(1);
    assertThat(store().depth(queue()).leased()).isZero();
  }

  @Test
  @Scenario("TQ-27")
  void depth_whenQueueIsMissing_isZero() {
    assertThat(store().depth(queue())).isEqualTo(new QueueDepth(0, 0, 0, 0, Optional.empty()));
  }

  @Test
  @Scenario("TQ-35")
  void listQueues_namesQueuesThatHoldTasksOrDeadLetters() {
    List<TaskQueue> queues =
        List.of(
            new TaskQueue(namespace(), "B", TaskType.ACTIVITY),
            new TaskQueue(namespace(), "a", TaskType.WORKFLOW),
            new TaskQueue(namespace(), "a", TaskType.ACTIVITY),
            new TaskQueue(namespace(), "c", TaskType.WORKFLOW));
    for (TaskQueue each : queues) {
      store().enqueue(NewTask.of(each, newRun(), Json.emptyObject()));
      store().enqueue(NewTask.of(each, newRun(), Json.emptyObject()));
    }
    TaskQueue last = queues.getLast();
    for (LeasedTask leased : store().poll(requestOf(last))) {
      store().fail(leased.lease(), new TaskFailure("broken", Duration.ZERO, 1));
    }

    assertThat(allPages(1, page -> store().listQueues(namespace(), page))).isEqualTo(queues);
    assertThat(store().listQueues(newNamespace(), PageRequest.first(10)).items()).isEmpty();
  }

  private static PollRequest requestOf(TaskQueue queue) {
    return PollRequest.of(queue, "worker-a", LONG, 10);
  }

  private List<TaskKey> deadLetters(int count) {
    List<TaskKey> keys = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      keys.add(store().enqueue(task().taskId(id).build()));
    }
    for (LeasedTask leased : poll(count)) {
      store().fail(leased.lease(), new TaskFailure("broken", Duration.ZERO, 1));
    }
    return keys;
  }

  @Test
  @Scenario("TQ-21")
  void deadLetters_areOrderedByIdAndPaged() {
    List<TaskKey> keys = deadLetters(7);

    assertThat(allPages(3, page -> store().deadLetters(queue(), page)))
        .extracting(DeadLetter::key)
        .isEqualTo(keys);
  }

  @Test
  @Scenario("TQ-21")
  void redriveAndDelete_skipMissingDeadLetters() {
    List<TaskKey> keys = deadLetters(3);
    TaskKey unknown = new TaskKey(queue(), 99);

    assertThat(store().deleteDeadLetters(List.of(keys.get(0), unknown))).isEqualTo(1);
    assertThat(store().redrive(List.of(keys.get(0), keys.get(1), unknown))).isEqualTo(1);
    assertThat(store().redrive(List.of(keys.get(1)))).isZero();
    assertThat(store().redrive(List.of())).isZero();
    assertThat(store().deleteDeadLetters(List.of())).isZero();

    assertThat(store().deadLetters(queue(), PageRequest.first(10)).items())
        .singleElement()
        .extracting(DeadLetter::key)
        .isEqualTo(keys.get(2));
    assertThat(pollIds(10)).containsExactly(2L);
  }

  @Test
  @Scenario("TQ-36")
  void trimCompletions_deletesOldCompletionsOnly() {
    enqueueReady(2);
    List<LeasedTask> leased = poll(2);
    store().completeAll(leased.stream().map(LeasedTask::lease).toList());
    TaskLease completed = leased.getFirst().lease();

    assertThat(store().trimCompletions(namespace(), LONG, 1000)).isZero();
    store().complete(completed);
    assertThat(store().trimCompletions(newNamespace(), Duration.ZERO, 1000)).isZero();
    assertThat(store().trimCompletions(namespace(), Duration.ZERO, 1)).isEqualTo(1);
    assertThat(store().trimCompletions(namespace(), Duration.ZERO, 1000)).isEqualTo(1);
    LeaseLostException trimmed =
        thrownBy(LeaseLostException.class, () -> store().complete(completed));

    assertThat(trimmed.reason()).isEqualTo(LeaseLostException.Reason.GONE);
  }
}
