package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.TaskWakeUps;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.servers.PgBouncer;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskSubscription;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Workbench;
import io.odin.persistence.value.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of wake-ups across processes when the connection that listens does not work. */
class WakeUpsAcrossProcessesTest {

  private static final Duration MINUTES = Duration.ofMinutes(5);
  private static final String LISTENING =
      "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'";

  private final PostgresTckDatabase database = TestPostgres.V18.database();

  @AfterEach
  void close() {
    database.close();
  }

  private PersistenceConfig config() {
    return acrossProcesses(database.config());
  }

  private static PersistenceConfig acrossProcesses(PersistenceConfig config) {
    return config.toBuilder()
        .shardCount(8)
        .taskWakeUps(TaskWakeUps.ACROSS_PROCESSES)
        .connectionTimeout(Duration.ofSeconds(2))
        .build();
  }

  private static Finding finding(Persistence persistence) {
    return persistence.check().findings().stream()
        .filter(finding -> finding.name().equals("task wake-ups"))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitStatus(Persistence persistence, Status status) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> finding(persistence).status().equals(status));
  }

  private static void assertWakes(Persistence enqueuing, TaskSubscription waiting, NewTask task)
      throws InterruptedException {
    // When it begins to listen, it wakes all.
    waiting.await(Duration.ZERO);
    enqueuing.taskQueues().enqueue(task);
    long begin = System.nanoTime();
    assertThat(waiting.await(MINUTES)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void check_reportsWhetherMessagesArrive() {
    Persistence.schemaOf(config()).migrate();
    try (Persistence across = Persistence.open(config());
        Persistence within =
            Persistence.open(database.config().toBuilder().shardCount(8).build())) {
      awaitStatus(across, Status.OK);

      assertThat(within.check().findings())
          .extracting(Finding::name)
          .doesNotContain("task wake-ups");
      assertThat(database.value("SELECT count(*)::int " + LISTENING, Integer.class)).isEqualTo(1);
    }
    await()
        .until(() -> database.value("SELECT count(*)::int " + LISTENING, Integer.class).equals(0));
  }

  @Test
  void wakeUps_afterTheListeningSessionWasKilled_workAgain() throws InterruptedException {
    Persistence.schemaOf(config()).migrate();
    try (Persistence one = Persistence.open(config());
        Persistence other = Persistence.open(config())) {
      Workbench bench = Workbench.on(other);
      TaskSubscription waiting = one.taskQueues().subscribe(List.of(bench.queue()));
      awaitStatus(one, Status.OK);
      assertWakes(other, waiting, bench.task());

      database.lines("SELECT pg_terminate_backend(pid, 10000)::text " + LISTENING);
      // What was added without a message is found as well.
      bench.enqueue();

      assertThat(waiting.await(MINUTES)).isTrue();
      awaitStatus(one, Status.OK);
      assertWakes(other, waiting, bench.task());
    }
  }

  @Test
  void wakeUps_ofManyQueues_fitIntoMessages() throws InterruptedException {
    Persistence.schemaOf(config()).migrate();
    try (Persistence one = Persistence.open(config());
        Persistence other = Persistence.open(config())) {
      Workbench bench = Workbench.on(other);
      List<TaskQueue> queues =
          IntStream.range(0, 1000)
              .mapToObj(
                  i -> new TaskQueue(bench.namespace(), "x".repeat(200) + i, TaskType.ACTIVITY))
              .toList();
      awaitStatus(one, Status.OK);
      List<TaskSubscription> waiting =
          queues.stream().map(queue -> one.taskQueues().subscribe(List.of(queue))).toList();

      other
          .taskQueues()
          .enqueueAll(
              queues.stream()
                  .map(queue -> NewTask.of(queue, bench.newRun(), Json.emptyObject()))
                  .toList());

      for (TaskSubscription each : waiting) {
        assertThat(each.await(MINUTES)).isTrue();
      }
    }
  }

  @Test
  void messagesOfOthers_areIgnored() throws InterruptedException {
    Persistence.schemaOf(config()).migrate();
    try (Persistence one = Persistence.open(config());
        Persistence other = Persistence.open(config())) {
      Workbench bench = Workbench.on(other);
      TaskSubscription waiting = one.taskQueues().subscribe(List.of(bench.queue()));
      awaitStatus(one, Status.OK);

      for (String message : List.of("", "1", "2 a b=1", "1 x", "1 a b=", "hello", "1 a b=1 ")) {
        database.lines(
            "SELECT pg_notify('odin_' || 'public'::regnamespace::oid, '%s')::text"
                .formatted(message));
      }

      assertWakes(other, waiting, bench.task());
      assertThat(finding(one).status()).isEqualTo(Status.OK);
    }
  }

  @Test
  void wakeUps_throughAPooler_needASessionForEachConnection()
      throws IOException, InterruptedException {
    try (Poolers poolers = Poolers.beforeNewDatabase()) {
      PgBouncer pooler = poolers.start("pool_mode=session");
      PersistenceConfig through = acrossProcesses(poolers.through(pooler));
      Persistence.schemaOf(through).migrate();
      try (Persistence one = Persistence.open(through);
          Persistence other = Persistence.open(acrossProcesses(poolers.direct()))) {
        Workbench bench = Workbench.on(other);
        TaskSubscription waiting = one.taskQueues().subscribe(List.of(bench.queue()));
        awaitStatus(one, Status.OK);
        assertWakes(other, waiting, bench.task());

        pooler.kill();
        pooler.configure(Poolers.settings("pool_mode=transaction"));
        pooler.restart();

        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> finding(one).detail().contains("pool_mode = transaction"));
        assertThat(finding(one).status()).isEqualTo(Status.WARNING);
        assertThat(one.taskQueues().nextReady(List.of(bench.queue()))).contains(Duration.ZERO);
      }
    }
  }
}
