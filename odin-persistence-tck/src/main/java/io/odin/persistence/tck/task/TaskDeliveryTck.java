package io.odin.persistence.tck.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PartitionSlice;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.QueueDepth;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Delivering tasks: the tasks that a poll returns, and their order. */
public abstract class TaskDeliveryTck extends AbstractTaskQueueTck {

  /** First four bytes, unsigned and halved, of SHA-256 over "odin_orchestrator#v1." and the id. */
  private static final Map<String, Integer> PARTITION_HASHES =
      Map.of(
          "order-12345",
          1_061_233_835,
          "a",
          641_125_285,
          "A",
          513_983_255,
          "a ",
          602_641_479,
          "\u00d6rder-1",
          956_262_795,
          "\ud83d\ude00",
          671_466_854,
          "x".repeat(255),
          1_649_444_388,
          "workflow/with:odd chars",
          1_845_684_292,
          "\u65e5\u672c\u8a9e-\u6ce8\u6587-1",
          932_171_386);

  /** For backends. */
  protected TaskDeliveryTck() {}

  @Test
  @Scenario("TQ-01")
  void poll_leasesATaskUntilItIsCompleted() {
    RunKey run = newRun();
    NewTask task = task(run).taskId(4711).priority(2).expiresAfter(Duration.ofHours(1)).build();
    Instant before = databaseNow();
    TaskKey key = store().enqueue(task);

    LeasedTask leased = poll(1).getFirst();

    assertThat(key).isEqualTo(new TaskKey(queue(), 4711));
    assertThat(leased.task().key()).isEqualTo(key);
    assertThat(leased.task().run()).isEqualTo(run);
    assertThat(leased.task().data()).isEqualTo(task.data());
    assertThat(leased.task().priority()).isEqualTo(2);
    assertThat(leased.task().scheduledAt()).isBetween(before, databaseNow());
    assertThat(leased.task().expiresAt())
        .contains(leased.task().scheduledAt().plus(Duration.ofHours(1)));
    assertThat(leased.lease().task()).isEqualTo(key);
    assertThat(leased.lease().worker()).isEqualTo("worker-a");
    assertThat(leased.lease().attempt()).isEqualTo(1);
    assertThat(leased.lease().expiresAt()).isBetween(before.plus(LONG), databaseNow().plus(LONG));

    store().complete(leased.lease());
    assertThat(store().depth(queue())).isEqualTo(new QueueDepth(0, 0, 0, 0, Optional.empty()));
    assertThat(poll(1)).isEmpty();
  }

  @Test
  @Scenario("TQ-02")
  void poll_whenQueueIsEmpty_returnsNothingAndWritesNothing() {
    Map<String, Long> before = database().rowCounts(namespace());

    assertThat(poll(10)).isEmpty();

    assertThat(database().rowCounts(namespace())).isEqualTo(before);
  }

  @Test
  @Scenario("TQ-03")
  void poll_returnsTasksInTheOrderOfTheirScheduledTimes() {
    int[] delays = {70, 10, 90, 30, 0, 50, 20, 80, 40, 60};
    for (int delay : delays) {
      store().enqueue(task().taskId(delay).delay(Duration.ofMillis(3L * delay)).build());
    }
    await().until(() -> store().depth(queue()).ready() == delays.length);

    List<LeasedTask> delivered = new ArrayList<>();
    for (int i = 0; i < delays.length; i++) {
      delivered.addAll(poll(1));
    }

    assertThat(delivered).hasSize(delays.length);
    assertThat(delivered)
        .extracting(leased -> leased.task().scheduledAt())
        .isSortedAccordingTo(Instant::compareTo);
  }

  @Test
  @Scenario("TQ-04")
  void poll_returnsPriorityFirstThenTimeThenId() {
    store().enqueue(task().taskId(1).priority(5).build());
    store().enqueueAll(List.of(task().taskId(9).build(), task().taskId(8).build()));
    store().enqueue(task().taskId(2).priority(1).delay(Duration.ofMillis(50)).build());
    store().enqueue(task().taskId(3).priority(1).build());
    store().enqueue(task().taskId(4).priority(4).build());
    await().until(() -> store().depth(queue()).ready() == 6);

    assertThat(pollIds(10)).containsExactly(3L, 2L, 8L, 9L, 4L, 1L);
  }

  @Test
  @Scenario("TQ-04")
  void poll_whenAllOfAHighPriorityIsHidden_reachesTheLower() {
    store().enqueue(task().taskId(1).priority(1).build());
    assertThat(pollIds(1)).containsExactly(1L);
    store().enqueue(task().taskId(2).priority(1).delay(Duration.ofHours(1)).build());
    store().enqueue(task().taskId(3).priority(5).build());

    assertThat(pollIds(10)).containsExactly(3L);
  }

  @Test
  @Scenario("TQ-04")
  void poll_whileABacklogIsDrained_deliversAnUrgentTaskNext() {
    for (int i = 0; i < 20; i++) {
      store().enqueue(task().build());
    }
    assertThat(poll(5)).hasSize(5);
    assertThat(poll(5)).hasSize(5);
    TaskKey urgent = store().enqueue(task().priority(1).build());

    assertThat(poll(5).getFirst().task().key()).isEqualTo(urgent);
  }

  @Test
  @Scenario("TQ-05")
  void poll_oneByOne_deliversEachTaskOnce() {
    int batches = 32;
    for (int batch = 0; batch < batches; batch++) {
      List<NewTask> tasks = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        tasks.add(task().build());
      }
      assertThat(store().enqueueAll(tasks)).doesNotHaveDuplicates().hasSize(32);
    }

    List<Long> delivered = new ArrayList<>();
    List<Long> next = pollIds(1);
    while (!next.isEmpty()) {
      delivered.addAll(next);
      next = pollIds(1);
    }

    assertThat(delivered).hasSize(batches * 32).doesNotHaveDuplicates();
  }

  @Test
  @Scenario("TQ-09")
  void poll_whenTaskIsDelayed_deliversItWhenItIsDue() {
    store().enqueue(task().delay(Duration.ofSeconds(2)).build());

    assertThat(poll(1)).isEmpty();
    LeasedTask delivered = awaitTask();

    assertThat(databaseNow()).isAfterOrEqualTo(delivered.task().scheduledAt());
    assertThat(delivered.lease().attempt()).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-10")
  void poll_doesNotSeeOtherNamespaces() {
    NamespaceId other = newNamespace();
    TaskQueue sameName = new TaskQueue(other, queue().name(), queue().type());
    NewTask foreign =
        NewTask.builder(sameName, RunKey.create(other, "workflow-of-a-task"), task().build().data())
            .taskId(1)
            .build();
    store().enqueue(foreign);

    assertThat(poll(10)).isEmpty();
    enqueueReady(1);
    assertThat(poll(10)).singleElement().extracting("task.key").isEqualTo(new TaskKey(queue(), 1));
    assertThat(store().depth(sameName).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-11")
  void poll_doesNotSeeTheOtherType() {
    enqueueReady(1);
    TaskQueue workflows = new TaskQueue(namespace(), queue().name(), TaskType.WORKFLOW);

    assertThat(store().poll(PollRequest.of(workflows, "worker-a", LONG, 10))).isEmpty();
    assertThat(store().depth(workflows).ready()).isZero();
    assertThat(pollIds(10)).containsExactly(1L);
  }

  @Test
  @Scenario("TQ-12")
  void poll_whenTaskIsLeased_skipsIt() {
    enqueueReady(2);

    assertThat(pollIds(1)).containsExactly(1L);
    assertThat(pollIds(10)).containsExactly(2L);
    assertThat(pollIds(10)).isEmpty();
  }

  @Test
  @Scenario("TQ-13")
  void poll_whenLeaseExpired_redeliversWithNextAttempt() {
    TaskLease first = expiredLease();

    LeasedTask again = awaitTask();

    assertThat(again.lease().task()).isEqualTo(first.task());
    assertThat(again.lease().leaseId()).isNotEqualTo(first.leaseId());
    assertThat(again.lease().attempt()).isEqualTo(2);
    assertThat(again.lease().worker()).isEqualTo("worker-b");
  }

  @Test
  @Scenario("TQ-14")
  void poll_afterExpiriesAndReclaims_continuesCountingAttempts() {
    enqueueReady(1);
    for (int attempt = 1; attempt <= 5; attempt++) {
      LeasedTask leased =
          await()
              .until(
                  () -> store().poll(request("worker", Duration.ofMillis(50), 1)),
                  t -> !t.isEmpty())
              .getFirst();
      assertThat(leased.lease().attempt()).isEqualTo(attempt);
      await().until(() -> store().reclaimExpired(namespace(), 10) == 1);
    }

    assertThat(poll(1).getFirst().lease().attempt()).isEqualTo(6);
  }

  @Test
  @Scenario("TQ-25")
  void poll_whenTaskHasExpired_neverDeliversIt() {
    store().enqueue(task().taskId(1).expiresAfter(SHORT).build());
    store().enqueue(task().taskId(2).build());
    await().until(() -> store().depth(queue()).ready() == 1);

    assertThat(pollIds(10)).containsExactly(2L);
    assertThat(store().purgeExpired(namespace(), 10)).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-28")
  void poll_withinPartitions_coversTheQueueAndKeepsWorkflowsTogether() {
    int partitions = 4;
    List<NewTask> tasks = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      RunKey run = RunKey.create(namespace(), "workflow-" + UUID.randomUUID());
      tasks.add(task(run).build());
      tasks.add(task(run).build());
    }
    store().enqueueAll(tasks);

    Map<String, Set<Integer>> partitionsOfWorkflow = new HashMap<>();
    List<Long> delivered = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      PartitionSlice slice = PartitionSlice.of(partition, partitions);
      List<LeasedTask> part = store().poll(request("worker-a", LONG, 1000).within(slice));
      assertThat(part).as("partition %d", partition).hasSizeBetween(100, 300);
      delivered.addAll(ids(part));
      for (LeasedTask leased : part) {
        partitionsOfWorkflow
            .computeIfAbsent(leased.task().run().workflowId(), id -> new HashSet<>())
            .add(partition);
      }
    }

    assertThat(delivered).hasSize(tasks.size()).doesNotHaveDuplicates();
    assertThat(partitionsOfWorkflow).hasSize(400);
    assertThat(partitionsOfWorkflow.values()).allSatisfy(seen -> assertThat(seen).hasSize(1));
  }

  @Test
  @Scenario("TQ-29")
  void partitionHash_isTheOneOfTheDefinition() {
    assertThat(PARTITION_HASHES)
        .allSatisfy((id, hash) -> assertThat(ShardHash.partitionHashOf(id)).isEqualTo(hash));

    PARTITION_HASHES.forEach(
        (id, hash) -> {
          store().enqueue(task(RunKey.create(namespace(), id)).build());
          PartitionSlice exactly = new PartitionSlice(hash, hash);
          assertThat(store().poll(request("worker-a", LONG, 10).within(exactly)))
              .singleElement()
              .extracting("task.run.workflowId")
              .isEqualTo(id);
        });
  }

  @Test
  @Scenario("TQ-02")
  void poll_whenRequestIsOutOfBounds_isRefused() {
    for (int maximum : new int[] {0, 1001}) {
      InvalidRequestException refused =
          thrownBy(InvalidRequestException.class, () -> request("worker-a", LONG, maximum));
      assertThat(refused.field()).isEqualTo("maximum");
    }
    thrownBy(InvalidRequestException.class, () -> request("worker-a", Duration.ZERO, 1));
    thrownBy(InvalidRequestException.class, () -> request("", LONG, 1));
  }
}
