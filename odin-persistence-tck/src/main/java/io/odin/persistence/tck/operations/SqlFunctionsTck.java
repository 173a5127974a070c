package io.odin.persistence.tck.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.QueueDepth;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.database.SqlFunctions;
import io.odin.persistence.tck.database.SqlFunctions.SqlTask;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Requires;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.Workbench;
import io.odin.persistence.tck.task.AbstractTaskQueueTck;
import io.odin.persistence.value.Capability;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The functions for SQL clients, used together with the stores. */
@Requires(Capability.SQL_FUNCTIONS)
public abstract class SqlFunctionsTck extends AbstractTaskQueueTck {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The number of tasks that both kinds of callers compete for. */
  private static final int CONTENDED_TASKS = 20_000;

  private static final Map<String, List<Integer>> SHARDS_OF_512_AND_7 =
      Map.of(
          "order-12345",
          List.of(342, 1),
          "a",
          List.of(331, 0),
          "A",
          List.of(46, 4),
          "a ",
          List.of(142, 5),
          "\u00d6rder-1",
          List.of(278, 3),
          "\ud83d\ude00",
          List.of(205, 5),
          "x".repeat(255),
          List.of(73, 2),
          "workflow/with:odd chars",
          List.of(136, 1),
          "\u65e5\u672c\u8a9e-\u6ce8\u6587-1",
          List.of(245, 6));

  /** For backends. */
  protected SqlFunctionsTck() {}

  private SqlFunctions sql() {
    return database().sqlFunctions();
  }

  @Test
  @Scenario("SH-23")
  void calculateShardId_agreesWithTheKnownVectors() {
    SHARDS_OF_512_AND_7.forEach(
        (id, shards) -> {
          assertThat(List.of(ShardHash.shardOf(id, 512), ShardHash.shardOf(id, 7)))
              .as("%s in Java", id)
              .isEqualTo(shards);
          assertThat(sql().shardsOf(List.of(id, id), 512))
              .as("%s in SQL", id)
              .containsOnly(shards.getFirst());
          assertThat(sql().shardsOf(List.of(id), 7))
              .as("%s in SQL", id)
              .containsExactly(shards.getLast());
        });
  }

  /**
   * The ids are the same on every backend: functions that agree with Java agree with each other.
   */
  @Test
  @Scenario("SH-23")
  void calculateShardId_agreesWithJavaOnRandomIds() {
    Random random = new Random(20_261_122);
    List<String> ids = Stream.generate(() -> randomId(random)).limit(10_000).toList();

    for (int shards : new int[] {1, 2, 512, 65_536}) {
      assertThat(sql().shardsOf(ids, shards))
          .isEqualTo(ids.stream().map(id -> ShardHash.shardOf(id, shards)).toList());
    }
  }

  /** From 1 to 255 characters of all planes, quotes and backslashes among them. */
  private static String randomId(Random random) {
    int length = 1 + random.nextInt(255);
    StringBuilder id = new StringBuilder();
    while (id.codePointCount(0, id.length()) < length) {
      int codePoint =
          switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(Character.MAX_CODE_POINT);
            case 1 -> "\\'\"%_ $:?".charAt(random.nextInt(9));
            default -> ' ' + random.nextInt(95);
          };
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        id.appendCodePoint(codePoint);
      }
    }
    return id.toString();
  }

  @Test
  @Scenario("TQ-37")
  void getNextTask_leasesATaskThatTheStoreCanComplete() {
    RunKey run = newRun();
    TaskKey key = store().enqueue(task(run).build());

    SqlTask leased = sql().nextTask(queue(), "sql-worker", MINUTE).orElseThrow();

    assertThat(leased.task()).isEqualTo(key);
    assertThat(leased.workflowId()).isEqualTo(run.workflowId());
    assertThat(leased.runId()).isEqualTo(run.runId());
    assertThat(poll(1)).isEmpty();
    assertThat(store().depth(queue()).leased()).isEqualTo(1);
    TaskLease lease = leaseOf(leased);
    assertThatCode(() -> store().heartbeat(lease, LONG)).doesNotThrowAnyException();
    store().complete(lease);
    assertThat(sql().nextTask(queue(), "sql-worker", MINUTE)).isEmpty();
    assertThat(store().depth(queue()).leased()).isZero();
  }

  private TaskLease leaseOf(SqlTask leased) {
    return new TaskLease(
        leased.task(), leased.leaseId(), "sql-worker", 1, databaseNow().plus(MINUTE));
  }

  @Test
  @Scenario("TQ-37")
  void getNextTask_skipsTasksLeasedByTheStore() {
    enqueueReady(1);
    LeasedTask held = poll(1).getFirst();

    assertThat(sql().nextTask(queue(), "sql-worker", MINUTE)).isEmpty();
    store().release(held.lease());
    assertThat(sql().nextTask(queue(), "sql-worker", MINUTE)).isPresent();
  }

  @Test
  @Scenario("TQ-37")
  void getNextTask_respectsOrderDelayExpiryTypeAndNamespace() {
    store().enqueue(task().taskId(1).priority(5).build());
    store().enqueue(task().taskId(2).build());
    store().enqueue(task().taskId(3).priority(1).build());
    store().enqueue(task().taskId(4).delay(LONG).build());
    store().enqueue(task().taskId(5).expiresAfter(Duration.ofMillis(1)).build());
    await().until(() -> store().depth(queue()).ready() == 3);
    TaskQueue otherType = new TaskQueue(namespace(), queue().name(), TaskType.WORKFLOW);
    TaskQueue otherNamespace = new TaskQueue(newNamespace(), queue().name(), queue().type());

    assertThat(sql().nextTask(otherType, "sql-worker", MINUTE)).isEmpty();
    assertThat(sql().nextTask(otherNamespace, "sql-worker", MINUTE)).isEmpty();
    assertThat(sql().drain(queue(), "sql-worker", MINUTE))
        .extracting(leased -> leased.task().taskId())
        .containsExactly(3L, 2L, 1L);
  }

  @Test
  @Scenario("TQ-37")
  void getNextTask_whenItsLeaseExpires_theStoreDeliversTheNextAttempt() {
    enqueueReady(1);
    SqlTask first = sql().nextTask(queue(), "sql-worker", Duration.ofSeconds(1)).orElseThrow();

    LeasedTask second = awaitTask();

    assertThat(second.lease().attempt()).isEqualTo(2);
    assertThat(second.lease().leaseId()).isNotEqualTo(first.leaseId());
    assertThat(store().fail(second.lease(), new TaskFailure("x", Duration.ZERO, 9))).isNotNull();
    assertThat(sql().nextTask(queue(), "sql-worker", MINUTE)).isPresent();
  }

  @Test
  @Scenario("TQ-37")
  void getNextTask_byASingleCaller_isEmptyOnlyWhenTheQueueIs() {
    store().enqueueAll(Stream.generate(() -> task().build()).limit(500).toList());
    poll(100);

    assertThat(sql().drain(queue(), "sql-worker", MINUTE)).hasSize(400);
    assertThat(store().depth(queue()).ready()).isZero();
  }

  @Test
  @Scenario("TQ-38")
  void cleanupExpiredTasks_returnsTheNumberOfRemovedTasks() {
    OpenDatabase own = freshDatabase();
    Workbench bench = Workbench.on(own.persistence());
    NewTask.Builder expiring =
        NewTask.builder(bench.queue(), bench.newRun(), Json.emptyObject())
            .expiresAfter(Duration.ofMillis(1));
    own.persistence().taskQueues().enqueueAll(List.of(expiring.build(), expiring.build()));
    bench.enqueue();
    SqlFunctions functions = own.database().sqlFunctions();

    AtomicInteger removed = new AtomicInteger();
    await().until(() -> removed.addAndGet(functions.cleanupExpiredTasks()) == 2);

    assertThat(functions.cleanupExpiredTasks()).isZero();
    assertThat(own.persistence().taskQueues().depth(bench.queue()).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("TQ-38")
  void cleanupExpiredLeases_returnsTheNumberOfRemovedLeasesAndKeepsTheAttempts() {
    OpenDatabase own = freshDatabase();
    Workbench bench = Workbench.on(own.persistence());
    SqlFunctions functions = own.database().sqlFunctions();
    for (int i = 0; i < 3; i++) {
      bench.enqueue();
    }
    assertThat(functions.nextTask(bench.queue(), "one", Duration.ofSeconds(3))).isPresent();
    assertThat(functions.nextTask(bench.queue(), "two", Duration.ofSeconds(3))).isPresent();
    LeasedTask live = bench.poll(1).getFirst();

    AtomicInteger removed = new AtomicInteger();
    await().until(() -> removed.addAndGet(functions.cleanupExpiredLeases()) == 2);

    assertThat(functions.cleanupExpiredLeases()).isZero();
    QueueDepth depth = own.persistence().taskQueues().depth(bench.queue());
    assertThat(depth.ready()).isEqualTo(2);
    assertThat(depth.leased()).isEqualTo(1);
    assertThat(bench.poll(10)).extracting(leased -> leased.lease().attempt()).containsExactly(2, 2);
    own.persistence().taskQueues().complete(live.lease());
  }

  @Test
  @Scenario({"TQ-06", "TQ-37"})
  void getNextTaskAndPoll_concurrently_leaseEachTaskOnce() {
    for (int enqueued = 0; enqueued < CONTENDED_TASKS; enqueued += 1000) {
      store().enqueueAll(Stream.generate(() -> task().build()).limit(1000).toList());
    }

    List<TaskKey> delivered =
        Concurrently.run(
                2 * Concurrently.COMPETITORS,
                i -> i % 2 == 0 ? drainBySql("sql-worker-" + i) : drainByStore("worker-" + i))
            .allSucceeded()
            .stream()
            .flatMap(List::stream)
            .toList();

    assertThat(delivered).hasSize(CONTENDED_TASKS).doesNotHaveDuplicates();
    assertThat(store().depth(queue()).leased()).isEqualTo(CONTENDED_TASKS);
  }

  @Test
  @Scenario("NS-19")
  void getNextTask_ofADeletedNamespace_isEmpty() {
    store().enqueue(task().build());
    persistence().namespaces().delete(namespace(), 1);

    assertThat(drainBySql("worker")).isEmpty();
  }

  private List<TaskKey> drainBySql(String worker) {
    return sql().drain(queue(), worker, LONG).stream().map(SqlTask::task).toList();
  }

  private List<TaskKey> drainByStore(String worker) {
    List<TaskKey> keys = new ArrayList<>();
    List<LeasedTask> next = store().poll(request(worker, LONG, 1));
    while (!next.isEmpty()) {
      next.forEach(leased -> keys.add(leased.task().key()));
      next = store().poll(request(worker, LONG, 1));
    }
    return keys;
  }
}
