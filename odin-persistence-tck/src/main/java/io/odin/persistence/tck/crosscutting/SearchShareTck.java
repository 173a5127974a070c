package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.database.CommitPart;
import io.odin.persistence.tck.database.Fault;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.tck.harness.Workbench;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.TagMatch;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityGroup;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Searches of one tenant leave connections for all others. */
public abstract class SearchShareTck extends StoreTck {

  private static final int POOL = 4;
  private static final int SHARE = 2;
  private static final int SEARCHERS = 12;
  private static final Duration TURN = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int LONGEST_QUERY = 64;

  /** For backends. */
  protected SearchShareTck() {}

  private static VisibilityQuery longQuery() {
    return VisibilityQuery.parse(
        IntStream.range(0, LONGEST_QUERY)
            .mapToObj(i -> "WorkflowId = 'order-" + i + "'")
            .collect(Collectors.joining(" OR ")));
  }

  /** What takes a turn with searches. */
  private static Map<String, Runnable> largeReads(Persistence stores, RunKey run) {
    NamespaceId namespace = run.namespace();
    return Map.of(
        "list",
        () ->
            stores
                .visibility()
                .list(namespace, longQuery(), VisibilityOrder.START_TIME, PageRequest.first(1000)),
        "count",
        () -> stores.visibility().count(namespace, longQuery()),
        "countBy",
        () -> stores.visibility().countBy(namespace, longQuery(), VisibilityGroup.WORKFLOW_TYPE),
        "searchByTags",
        () ->
            stores
                .visibility()
                .searchByTags(
                    namespace,
                    Tags.of(Map.of("region", "eu")),
                    TagMatch.ANY,
                    PageRequest.first(10)),
        "depth",
        () -> stores.taskQueues().depth(new TaskQueue(namespace, "orders", TaskType.WORKFLOW)),
        "listQueues",
        () -> stores.taskQueues().listQueues(namespace, PageRequest.first(10)),
        "validate",
        () -> stores.history().validate(run),
        "findOrphans",
        () -> stores.retention().findOrphans(PageRequest.first(10)));
  }

  @Test
  @Scenario("TX-21")
  void searches_thatTakeLong_leaveConnectionsForOthers() {
    OpenDatabase own =
        freshDatabase(
            settings ->
                settings
                    .maximumPoolSize(POOL)
                    .connectionTimeout(TURN)
                    .lockTimeout(LIMIT)
                    .searchTimeout(LIMIT)
                    .statementTimeout(LIMIT));
    Persistence stores = own.persistence();
    Workbench bench = Workbench.on(stores);
    RunKey run = bench.startedRun();
    ShardLease shard = bench.shardOf(run);
    TaskQueue queue = new TaskQueue(bench.namespace(), "orders", TaskType.ACTIVITY);
    stores
        .taskQueues()
        .enqueue(
            NewTask.of(queue, RunKey.create(queue.namespace(), "order-1"), Json.emptyObject()));
    TaskLease task =
        stores.taskQueues().poll(PollRequest.of(queue, "worker", LONG, 1)).stream()
            .map(LeasedTask::lease)
            .findFirst()
            .orElseThrow();
    Map<String, Runnable> reads = largeReads(stores, run);
    reads.values().forEach(Runnable::run);
    Runnable list = Objects.requireNonNull(reads.get("list"));
    List<Future<Boolean>> searchers;
    Fault stalled = own.database().stallReads(CommitPart.VISIBILITY);
    try (stalled) {
      searchers =
          Stream.generate(() -> Concurrently.start(() -> isAnswered(list)))
              .limit(SEARCHERS)
              .toList();
      await().until(() -> own.database().waitingForLocks() == SHARE);

      for (int i = 0; i < SEARCHERS; i++) {
        assertThat(stores.executions().find(run)).isPresent();
        assertThat(stores.shards().renew(shard, LONG).fenceToken()).isEqualTo(shard.fenceToken());
        stores.taskQueues().heartbeat(task, LONG);
        assertThat(own.database().waitingForLocks()).isEqualTo(SHARE);
      }
      reads.forEach((name, read) -> assertThat(isAnswered(read)).as(name).isFalse());
    }
    assertThat(searchers.stream().map(Concurrently::resultOf).filter(done -> done)).hasSize(SHARE);
    reads.forEach((name, read) -> assertThat(isAnswered(read)).as(name).isTrue());
  }

  @Test
  @Scenario("TX-22")
  void search_thatTakesLong_endsByItsOwnTimeout() {
    OpenDatabase own =
        freshDatabase(
            settings ->
                settings
                    .lockTimeout(LIMIT)
                    .statementTimeout(LIMIT)
                    .searchTimeout(Duration.ofMillis(200)));
    Persistence stores = own.persistence();
    RunKey run = Workbench.on(stores).startedRun();
    Fault stalled = own.database().stallReads(CommitPart.VISIBILITY);
    try (stalled) {
      UnavailableException failure =
          thrownBy(
              UnavailableException.class,
              () -> stores.visibility().count(run.namespace(), longQuery()));

      assertThat(failure.reason()).isEqualTo(Reason.STATEMENT_TIMEOUT);
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    }
    assertThat(stores.visibility().count(run.namespace(), longQuery())).isZero();
  }

  /** Whether a read has an answer, and not the one that there is no turn for it now. */
  private static boolean isAnswered(Runnable read) {
    try {
      read.run();
      return true;
    } catch (UnavailableException e) {
      assertThat(e.reason()).isEqualTo(Reason.SEARCHES_EXHAUSTED);
      assertThat(e.retry()).isEqualTo(Retry.SAME_REQUEST);
      assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(e).hasMessageContaining("maximumPoolSize");
      return false;
    }
  }
}
