package io.odin.persistence.tck.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.Persistence;
import io.odin.persistence.TaskWakeUps;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.PersistenceClosedException;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskFate;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskSubscription;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Requires;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Capability;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Waiting for tasks without polling: what ends a wait, and what does not. */
public abstract class WakeUpsTck extends AbstractTaskQueueTck {

  /** Longer than any scenario waits for a wake-up. */
  private static final Duration MINUTES = Duration.ofMinutes(5);

  /** For backends. */
  protected WakeUpsTck() {}

  private TaskSubscription subscribe(TaskQueue... queues) {
    return closedAfterwards(store().subscribe(List.of(queues)));
  }

  /**
   * A wait on a thread of its own.
   *
   * @param result what it has returned
   */
  private record Wait(Thread thread, Future<Boolean> result) {

    static Wait begin(TaskSubscription subscription) {
      FutureTask<Boolean> task = new FutureTask<>(() -> subscription.await(MINUTES));
      return new Wait(Thread.ofPlatform().daemon().name("odin-tck-wait").start(task), task);
    }

    boolean isWaiting() {
      return thread.getState() == Thread.State.TIMED_WAITING;
    }

    boolean hasEnded() {
      return result.isDone();
    }
  }

  /** A wait that has begun. */
  private static Wait waiting(TaskSubscription subscription) {
    Wait wait = Wait.begin(subscription);
    await().until(wait::isWaiting);
    return wait;
  }

  /** As {@link #waiting}, again where a wait ends since the stores have just begun to listen. */
  private static Wait waitingForOthers(TaskSubscription subscription) {
    Wait wait;
    do {
      Wait begun = Wait.begin(subscription);
      await().until(() -> begun.isWaiting() || begun.hasEnded());
      wait = begun;
    } while (wait.hasEnded());
    return wait;
  }

  private static void assertWoken(TaskSubscription subscription) throws InterruptedException {
    assertThat(awaited(Wait.begin(subscription))).isTrue();
    assertThat(subscription.await(Duration.ZERO)).as("a second time").isFalse();
  }

  private static boolean awaited(Wait wait) {
    await().until(wait::hasEnded);
    return Concurrently.resultOf(wait.result());
  }

  private TaskLease leased() {
    store().enqueue(task().build());
    return poll(1).getFirst().lease();
  }

  private TaskKey deadLetter() {
    TaskLease lease = leased();
    assertThat(store().fail(lease, new TaskFailure("broken", Duration.ZERO, 1)))
        .isEqualTo(TaskFate.DEAD);
    return lease.task();
  }

  @Test
  @Scenario("TQ-44")
  void await_isWokenByAnEnqueue() throws InterruptedException {
    TaskSubscription subscription = subscribe(queue());
    assertThat(subscription.await(Duration.ofMillis(1))).isFalse();

    Wait wait = waiting(subscription);
    store().enqueue(task().build());

    assertThat(awaited(wait)).isTrue();
    store().enqueue(task().taskId(7).build());
    assertWoken(subscription);
    store().enqueueAll(List.of(task().build(), task().build()));
    assertWoken(subscription);
    store().enqueue(task().delay(LONG).build());
    assertWoken(subscription);
  }

  @Test
  @Scenario("TQ-44")
  void await_isWokenByACommit() throws InterruptedException {
    TaskQueue workflows = new TaskQueue(namespace(), "orders", TaskType.WORKFLOW);
    TaskSubscription subscription = subscribe(workflows);
    RunKey run = newRun();
    Wait wait = waiting(subscription);

    persistence()
        .executions()
        .commit(
            transaction(Samples.create(run))
                .enqueue(NewTask.of(workflows, run, Json.emptyObject()))
                .build());

    assertThat(awaited(wait)).isTrue();
    commit(Samples.update(run, 1).build());
    assertThat(subscription.await(Duration.ZERO)).isFalse();
  }

  @Test
  @Scenario("TQ-44")
  void await_isWokenByWhatReturnsATaskToTheQueue() throws InterruptedException {
    TaskLease failing = leased();
    TaskLease released = leased();
    TaskKey dead = deadLetter();
    TaskSubscription subscription = subscribe(queue());

    store().fail(failing, new TaskFailure("broken", LONG, 2));
    assertWoken(subscription);
    store().release(released);
    assertWoken(subscription);
    store().redrive(List.of(dead));
    assertWoken(subscription);
  }

  @Test
  @Scenario("TQ-44")
  void await_isNotWokenByWhatAddsNoTask() throws InterruptedException {
    TaskLease lease = leased();
    store().enqueue(task().build());
    TaskSubscription subscription = subscribe(queue());

    store().heartbeat(lease, LONG);
    poll(1);
    store().complete(lease);
    store().nextReady(List.of(queue()));

    assertThat(subscription.await(Duration.ZERO)).isFalse();
  }

  /** Between its poll and its wait a poller is subscribed, but does not wait. */
  @Test
  @Scenario("TQ-45")
  void await_afterATaskWasAdded_endsAtOnce() throws InterruptedException {
    TaskSubscription subscription = subscribe(queue());
    assertThat(poll(1)).isEmpty();

    store().enqueue(task().build());

    assertWoken(subscription);
    assertThat(poll(1)).hasSize(1);
  }

  @Test
  @Scenario("TQ-45")
  void await_ofSeveralThatDoNotWait_endsForEach() throws InterruptedException {
    TaskSubscription busy = subscribe(queue());
    TaskSubscription polling = subscribe(queue());

    store().enqueue(task().build());

    assertWoken(polling);
    assertWoken(busy);
  }

  @Test
  @Scenario("TQ-46")
  void await_isWokenForItsQueuesOnly() throws InterruptedException {
    TaskQueue second = new TaskQueue(namespace(), "orders-2", TaskType.ACTIVITY);
    List<TaskQueue> others =
        List.of(
            new TaskQueue(namespace(), "Orders", TaskType.ACTIVITY),
            new TaskQueue(namespace(), "orders ", TaskType.ACTIVITY),
            new TaskQueue(namespace(), "orders", TaskType.WORKFLOW),
            new TaskQueue(newNamespace(), "orders", TaskType.ACTIVITY));
    TaskSubscription subscription = subscribe(queue(), second);
    TaskSubscription toNothing = subscribe();

    for (TaskQueue other : others) {
      store().enqueue(task(other));
      assertThat(subscription.await(Duration.ZERO)).as("for " + other).isFalse();
    }
    store().enqueue(task(second));
    assertWoken(subscription);
    store().enqueue(task(queue()));
    assertWoken(subscription);
    assertThat(toNothing.await(Duration.ofMillis(1))).isFalse();
  }

  private static NewTask task(TaskQueue queue) {
    return NewTask.of(
        queue, RunKey.create(queue.namespace(), "workflow-of-a-task"), Json.emptyObject());
  }

  @Test
  @Scenario("TQ-47")
  void enqueue_wakesAsManyAsThereAreTasks() {
    List<Wait> waits = Stream.generate(() -> waiting(subscribe(queue()))).limit(5).toList();

    store().enqueueAll(List.of(task().build(), task().build()));

    await().until(() -> waits.stream().filter(Wait::hasEnded).count() == 2);
    assertThat(waits).filteredOn(wait -> !wait.hasEnded()).hasSize(3).allMatch(Wait::isWaiting);
    store().enqueueAll(Stream.generate(() -> task().build()).limit(3).toList());
    assertThat(waits).allMatch(WakeUpsTck::awaited);
  }

  @Test
  @Scenario("TQ-47")
  void enqueue_wakesThoseThatWait_beforeOthers() throws InterruptedException {
    TaskSubscription busy = subscribe(queue());
    Wait wait = waiting(subscribe(queue()));

    store().enqueue(task().build());

    assertThat(awaited(wait)).isTrue();
    assertThat(busy.await(Duration.ZERO)).isFalse();
  }

  @Test
  @Scenario("TQ-48")
  void close_endsWaits() throws InterruptedException {
    TaskSubscription subscription = subscribe(queue());
    List<Wait> waits = List.of(waiting(subscription), waiting(subscription));

    subscription.close();

    assertThat(waits).noneMatch(WakeUpsTck::awaited);
    store().enqueue(task().build());
    assertThat(subscription.await(MINUTES)).isFalse();
    subscription.close();
  }

  @Test
  @Scenario("TQ-48")
  void close_atAWakeUp_letsAnotherOneHaveIt() {
    for (int i = 0; i < 100; i++) {
      TaskSubscription closing = subscribe(queue());
      Wait first = waiting(closing);
      TaskSubscription other = subscribe(queue());
      Wait second = waiting(other);

      Concurrently.both(() -> store().enqueue(task().build()), closing::close).allSucceeded();

      assertThat(awaited(first) || awaited(second)).isTrue();
      other.close();
    }
  }

  @Test
  @Scenario("TQ-48")
  void interrupt_endsAWait_andKeepsNoWakeUp() throws InterruptedException {
    TaskSubscription subscription = subscribe(queue());
    Wait wait = waiting(subscription);

    wait.thread().interrupt();

    assertThatThrownBy(() -> wait.result().get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(subscription.await(Duration.ZERO)).isFalse();
    store().enqueue(task().build());
    assertWoken(subscription);
  }

  @Test
  @Scenario("TQ-48")
  void closingTheStores_endsWaits() {
    Persistence stores = reopened(settings -> settings);
    TaskSubscription subscription = stores.taskQueues().subscribe(List.of(queue()));
    Wait wait = waiting(subscription);

    stores.close();

    thrownBy(PersistenceClosedException.class, () -> awaited(wait));
    thrownBy(PersistenceClosedException.class, () -> subscription.await(MINUTES));
    subscription.close();
  }

  @Test
  @Scenario("TQ-48")
  @SuppressWarnings("NullAway") // What a caller without null checks does.
  void impossibleArguments_areRefused() {
    TaskSubscription subscription = subscribe(queue());
    List<TaskQueue> tooMany =
        IntStream.range(0, 1001)
            .mapToObj(i -> new TaskQueue(namespace(), "queue-" + i, TaskType.ACTIVITY))
            .toList();

    thrownBy(InvalidRequestException.class, () -> subscription.await(null));
    thrownBy(InvalidRequestException.class, () -> subscription.await(Duration.ofNanos(-1)));
    thrownBy(InvalidRequestException.class, () -> subscription.await(Duration.ofDays(36_501)));
    thrownBy(InvalidRequestException.class, () -> subscribe(queue(), queue()));
    thrownBy(InvalidRequestException.class, () -> store().subscribe(tooMany));
    subscribe(tooMany.subList(1, 1001).toArray(TaskQueue[]::new)).close();
  }

  @Test
  @Scenario("TQ-49")
  void pollersThatWait_findEveryTask() {
    assertAllFound(store(), store());
  }

  /** Enqueues tasks on half of the threads, which those on the other half find. */
  private void assertAllFound(TaskQueueStore enqueuing, TaskQueueStore polling) {
    int perThread = 25;
    int half = Concurrently.COMPETITORS / 2;
    Set<TaskKey> found = ConcurrentHashMap.newKeySet();
    List<TaskSubscription> subscriptions =
        Stream.generate(() -> closedAfterwards(polling.subscribe(List.of(queue()))))
            .limit(half)
            .toList();
    List<Future<Boolean>> workers = new ArrayList<>();
    subscriptions.forEach(
        subscription -> workers.add(Concurrently.start(() -> work(polling, subscription, found))));

    Concurrently.run(
            half,
            thread -> {
              IntStream.range(0, perThread).forEach(i -> enqueuing.enqueue(task().build()));
              return thread;
            })
        .allSucceeded();

    await().until(() -> found.size() == perThread * half);
    subscriptions.forEach(TaskSubscription::close);
    assertThat(workers).allMatch(Concurrently::resultOf);
  }

  /** Takes one task at a time, and waits when there is none, until the subscription is closed. */
  private boolean work(TaskQueueStore polling, TaskSubscription subscription, Set<TaskKey> found)
      throws InterruptedException {
    do {
      List<LeasedTask> tasks;
      do {
        tasks = polling.poll(request("worker-a", LONG, 1));
        tasks.forEach(leased -> assertThat(found.add(leased.task().key())).isTrue());
      } while (!tasks.isEmpty());
    } while (subscription.await(MINUTES));
    return true;
  }

  private Persistence withWakeUpsAcrossProcesses() {
    return reopened(settings -> settings.taskWakeUps(TaskWakeUps.ACROSS_PROCESSES));
  }

  /** After the first round a wake-up can only be that of a task. */
  @Test
  @Scenario("TQ-50")
  @Requires(Capability.TASK_WAKE_UPS_ACROSS_PROCESSES)
  void await_isWokenByTheTasksOfAnotherProcess() throws InterruptedException {
    TaskSubscription subscription =
        withWakeUpsAcrossProcesses().taskQueues().subscribe(List.of(queue()));
    Persistence other = withWakeUpsAcrossProcesses();

    for (int i = 0; i < 20; i++) {
      Wait wait = waitingForOthers(subscription);
      other.taskQueues().enqueue(task().build());
      assertThat(awaited(wait)).isTrue();
    }
    RunKey run = newRun();
    Wait wait = waitingForOthers(subscription);
    other.executions().commit(transaction(Samples.create(run)).enqueue(task(run).build()).build());
    assertThat(awaited(wait)).isTrue();
  }

  /** A process that adds a task as the last thing that it does. */
  @Test
  @Scenario("TQ-50")
  @Requires(Capability.TASK_WAKE_UPS_ACROSS_PROCESSES)
  void await_isWokenByAProcessThatEnds() {
    TaskQueueStore waiting = withWakeUpsAcrossProcesses().taskQueues();
    TaskSubscription subscription = waiting.subscribe(List.of(queue()));

    for (int i = 0; i < 3; i++) {
      Wait wait = waitingForOthers(subscription);
      try (Persistence other = withWakeUpsAcrossProcesses()) {
        other.taskQueues().enqueue(task().build());
      }
      assertThat(awaited(wait)).isTrue();
    }
  }

  @Test
  @Scenario("TQ-50")
  @Requires(Capability.TASK_WAKE_UPS_ACROSS_PROCESSES)
  void pollersOfAnotherProcess_findEveryTask() {
    assertAllFound(
        withWakeUpsAcrossProcesses().taskQueues(), withWakeUpsAcrossProcesses().taskQueues());
  }
}
