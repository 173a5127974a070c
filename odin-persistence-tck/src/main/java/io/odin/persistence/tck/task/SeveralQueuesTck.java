package io.odin.persistence.tck.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PolledTasks;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Polling several queues at once, and when one has something ready next. */
public abstract class SeveralQueuesTck extends AbstractTaskQueueTck {

  /** For backends. */
  protected SeveralQueuesTck() {}

  private List<TaskQueue> queues(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new TaskQueue(namespace(), "queue-" + i, TaskType.ACTIVITY))
        .toList();
  }

  private TaskKey enqueue(TaskQueue queue, UnaryOperator<NewTask.Builder> settings) {
    RunKey run = RunKey.create(queue.namespace(), "workflow-of-a-task");
    return store().enqueue(settings.apply(NewTask.builder(queue, run, Json.emptyObject())).build());
  }

  private void enqueue(TaskQueue queue, int count) {
    for (int i = 0; i < count; i++) {
      enqueue(queue, task -> task);
    }
  }

  private PolledTasks pollAny(List<TaskQueue> queues, int maximum) {
    return store().pollAny(queues, "worker-a", LONG, maximum);
  }

  private static Map<TaskQueue, Long> counts(PolledTasks polled) {
    return polled.tasks().stream()
        .collect(
            Collectors.groupingBy(leased -> leased.task().key().queue(), Collectors.counting()));
  }

  @Test
  @Scenario("TQ-42")
  void pollAny_returnsTheTasksOfAllQueues_inTheirOrder() {
    TaskQueue other = new TaskQueue(newNamespace(), "orders", TaskType.WORKFLOW);
    List<TaskQueue> queues = new ArrayList<>(queues(3));
    queues.add(other);
    TaskKey second = enqueue(queues.get(1), task -> task.priority(4));
    TaskKey first = enqueue(queues.get(1), task -> task.priority(1));
    TaskKey third = enqueue(other, task -> task);
    enqueue(queue(), task -> task);

    PolledTasks polled = pollAny(queues, 10);

    assertThat(polled.tasks())
        .extracting(leased -> leased.task().key())
        .containsExactly(first, second, third);
    assertThat(polled.nextReady()).contains(Duration.ZERO);
    for (LeasedTask leased : polled.tasks()) {
      assertThat(leased.lease().worker()).isEqualTo("worker-a");
      assertThat(leased.lease().attempt()).isEqualTo(1);
      assertThat(leased.lease().expiresAt())
          .isBetween(databaseNow().plus(LONG).minusSeconds(60), databaseNow().plus(LONG));
    }
    assertThat(pollAny(queues, 10).tasks()).isEmpty();
    polled.tasks().forEach(leased -> store().complete(leased.lease()));
    assertThat(pollAny(queues, 10)).isEqualTo(new PolledTasks(List.of(), Optional.empty()));
  }

  @Test
  @Scenario("TQ-42")
  void pollAny_sharesTheMaximumAmongTheQueuesThatHaveTasks() {
    List<TaskQueue> queues = queues(4);
    enqueue(queues.get(0), 20);
    enqueue(queues.get(2), 1);
    enqueue(queues.get(3), 20);

    assertThat(counts(pollAny(queues, 9)))
        .isEqualTo(Map.of(queues.get(0), 3L, queues.get(2), 1L, queues.get(3), 5L));
    assertThat(counts(pollAny(queues, 3))).isEqualTo(Map.of(queues.get(0), 2L, queues.get(3), 1L));
    assertThat(counts(pollAny(queues, 1))).isEqualTo(Map.of(queues.get(0), 1L));
    assertThat(counts(pollAny(queues.reversed(), 1))).isEqualTo(Map.of(queues.get(3), 1L));
    assertThat(counts(pollAny(queues, 1000)))
        .isEqualTo(Map.of(queues.get(0), 14L, queues.get(3), 13L));
  }

  @Test
  @Scenario("TQ-42")
  void pollAny_ofEmptyQueues_returnsNothingAndWritesNothing() {
    Map<String, Long> before = database().rowCounts(namespace());

    assertThat(pollAny(queues(1000), 10)).isEqualTo(new PolledTasks(List.of(), Optional.empty()));
    assertThat(pollAny(List.of(), 10)).isEqualTo(new PolledTasks(List.of(), Optional.empty()));

    assertThat(database().rowCounts(namespace())).isEqualTo(before);
  }

  @Test
  @Scenario("TQ-42")
  void pollAny_byManyWorkers_leasesEachTaskOnce() {
    List<TaskQueue> queues = queues(3);
    queues.forEach(queue -> enqueue(queue, 20));

    List<List<TaskKey>> delivered =
        Concurrently.run(
                6,
                i -> {
                  List<TaskKey> keys = new ArrayList<>();
                  PolledTasks polled;
                  do {
                    polled = pollAny(queues, 3);
                    polled.tasks().forEach(leased -> keys.add(leased.task().key()));
                  } while (polled.nextReady().equals(Optional.of(Duration.ZERO)));
                  return keys;
                })
            .allSucceeded();

    assertThat(delivered.stream().flatMap(List::stream)).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  @Scenario("TQ-42")
  void pollAny_afterALeaseHasExpired_deliversTheTaskAgain() {
    TaskLease expired = expiredLease();

    LeasedTask again = pollAny(List.of(queue()), 1).tasks().getFirst();

    assertThat(again.task().key()).isEqualTo(expired.task());
    assertThat(again.lease().attempt()).isEqualTo(2);
  }

  @Test
  @Scenario("TQ-42")
  void pollAny_withImpossibleArguments_isRefused() {
    TaskQueue queue = queue();

    thrownBy(InvalidRequestException.class, () -> pollAny(List.of(queue, queue), 1));
    thrownBy(InvalidRequestException.class, () -> pollAny(queues(1001), 1));
    thrownBy(InvalidRequestException.class, () -> pollAny(List.of(queue), 0));
    thrownBy(InvalidRequestException.class, () -> pollAny(List.of(), 1001));
    thrownBy(InvalidRequestException.class, () -> store().pollAny(List.of(), "", LONG, 1));
    thrownBy(
        InvalidRequestException.class,
        () -> store().pollAny(List.of(queue), "worker-a", Duration.ZERO, 1));
    thrownBy(InvalidRequestException.class, () -> store().nextReady(List.of(queue, queue)));
    thrownBy(InvalidRequestException.class, () -> store().nextReady(queues(1001)));
  }

  @Test
  @Scenario("TQ-43")
  void nextReady_isTheEndOfTheFirstDelayOrLease() {
    List<TaskQueue> queues = queues(3);
    assertThat(store().nextReady(queues)).isEmpty();
    assertThat(store().nextReady(List.of())).isEmpty();

    enqueue(queues.get(0), task -> task.priority(1).delay(Duration.ofHours(5)));
    assertAbout(Duration.ofHours(5), queues);
    enqueue(queues.get(2), task -> task.priority(5).delay(Duration.ofHours(3)));
    assertAbout(Duration.ofHours(3), queues);
    assertAbout(Duration.ofHours(5), queues.subList(0, 2));

    enqueue(queues.get(1), task -> task);
    assertThat(store().nextReady(queues)).contains(Duration.ZERO);
    TaskLease lease =
        store().pollAny(queues, "worker-a", Duration.ofHours(1), 1).tasks().getFirst().lease();
    assertAbout(Duration.ofHours(1), queues);
    assertThat(pollAny(queues, 1).tasks()).isEmpty();
    assertAbout(Duration.ofHours(1), queues);
    store().heartbeat(lease, Duration.ofHours(2));
    assertAbout(Duration.ofHours(2), queues);
    store().complete(lease);
    assertAbout(Duration.ofHours(3), queues);
  }

  private void assertAbout(Duration expected, List<TaskQueue> queues) {
    assertThat(store().nextReady(queues).orElseThrow())
        .isBetween(expected.minusMinutes(1), expected);
  }

  @Test
  @Scenario("TQ-43")
  void nextReady_ofASoonTask_passesWithTheDatabasesClock() {
    enqueue(queue(), task -> task.delay(Duration.ofMillis(300)));
    Duration before = store().nextReady(List.of(queue())).orElseThrow();

    await().until(() -> store().nextReady(List.of(queue())).equals(Optional.of(Duration.ZERO)));

    assertThat(before).isBetween(Duration.ZERO, Duration.ofMillis(300));
    assertThat(poll(1)).hasSize(1);
  }

  @Test
  @Scenario("TQ-43")
  void nextReady_whilePollsComeFull_seesWhatAnotherProcessReleases() {
    enqueue(queue(), task -> task.priority(1));
    LeasedTask first = poll(1).getFirst();
    // Late enough that polls no longer look where the first one was.
    enqueue(queue(), task -> task.priority(3).delay(Duration.ofMillis(1500)));
    await().until(() -> poll(1).size() == 1);
    assertThat(store().nextReady(List.of(queue())).orElseThrow()).isPositive();

    reopened(settings -> settings).taskQueues().release(first.lease());

    assertThat(store().nextReady(List.of(queue()))).contains(Duration.ZERO);
    assertThat(pollAny(List.of(queue()), 1).tasks())
        .extracting(leased -> leased.task().key())
        .containsExactly(first.task().key());
  }

  @Test
  @Scenario("TQ-43")
  void nextReady_ofTasksThatWillHaveExpired_isEmpty() {
    enqueue(queue(), task -> task.delay(Duration.ofHours(2)).expiresAfter(Duration.ofHours(1)));
    enqueue(queue(), task -> task.expiresAfter(Duration.ofMillis(1)));

    await().until(() -> store().nextReady(List.of(queue())).isEmpty());

    enqueue(queue(), task -> task.delay(Duration.ofHours(2)).expiresAfter(Duration.ofHours(3)));
    assertAbout(Duration.ofHours(2), List.of(queue()));
  }
}
