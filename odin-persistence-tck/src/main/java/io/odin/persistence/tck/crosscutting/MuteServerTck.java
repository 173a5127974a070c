package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server, or a network, that accepts everything and never replies. */
public abstract class MuteServerTck extends StoreTck {

  private static final Duration CONNECTING = Duration.ofSeconds(1);
  private static final Duration LOCKS = Duration.ofSeconds(1);
  private static final Duration STATEMENTS = Duration.ofSeconds(2);

  /** As the contract says, and some for a machine that does other things as well. */
  private static final Duration OPERATION =
      CONNECTING.plus(LOCKS).plus(STATEMENTS).plus(CONNECTING).plusSeconds(3);

  private static final Duration RECOVERY = Duration.ofSeconds(10);

  /** For backends. */
  protected MuteServerTck() {}

  private FaultyProxy proxy() {
    return closedAfterwards(FaultyProxy.to(database().address()));
  }

  private PersistenceConfig config(FaultyProxy proxy) {
    return database().configAt(proxy.address()).toBuilder()
        .shardCount(persistence().shardCount())
        .maximumPoolSize(4)
        .connectionTimeout(CONNECTING)
        .lockTimeout(LOCKS)
        .statementTimeout(STATEMENTS)
        .build();
  }

  /** Runs a call that must end in time, by itself. */
  private static <T extends Throwable> @Nullable T endsInTime(
      Class<T> type, Runnable call, Duration limit) {
    long start = System.nanoTime();
    T failure = catchThrowableOfType(type, call::run);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
    return failure;
  }

  @Test
  @Scenario("TX-19")
  void opening_whenTheServerNeverReplies_endsByTheConnectionTimeout() {
    FaultyProxy proxy = proxy();
    PersistenceConfig config = config(proxy);
    Schema schema = provider().schema(config);
    proxy.mute();

    for (Runnable call :
        List.<Runnable>of(
            () -> provider().open(config), schema::status, schema::migrate, schema::migrationSql)) {
      UnavailableException failure =
          Objects.requireNonNull(
              endsInTime(UnavailableException.class, call, CONNECTING.plusSeconds(3)));

      assertThat(failure.reason()).isEqualTo(Reason.CONNECTION);
      assertThat(failure.retry()).isEqualTo(Retry.SAME_REQUEST);
    }
    proxy.heal();
    assertThat(schema.status().isCurrent()).isTrue();
  }

  @Test
  @Scenario("TX-19")
  void everyCall_whenTheServerStopsReplying_endsWithATrueOutcome() {
    RunKey run = startedRun();
    TaskQueue queue = new TaskQueue(namespace(), "orders", TaskType.ACTIVITY);
    WorkflowTransaction transaction = transaction(Samples.update(run, 1).build()).build();
    for (int round = 0; round < 2; round++) {
      FaultyProxy proxy = proxy();
      Persistence stores = closedAfterwards(provider().open(config(proxy)));
      assertThat(stores.executions().find(run)).isPresent();
      proxy.mute();
      List<Runnable> calls =
          round == 0
              ? List.of(
                  () -> stores.executions().find(run),
                  () -> stores.executions().commit(transaction),
                  () -> stores.taskQueues().enqueue(NewTask.of(queue, run, Json.emptyObject())))
              : List.of(
                  () -> stores.taskQueues().poll(PollRequest.of(queue, "worker", LONG, 1)),
                  () -> stores.history().size(run),
                  () -> assertThat(stores.check().status()).isEqualTo(Status.FAILURE));
      List<Future<?>> ended = new ArrayList<>();
      for (Runnable call : calls) {
        ended.add(
            Concurrently.start(() -> endsInTime(PersistenceException.class, call, OPERATION)));
      }
      for (Future<?> each : ended) {
        PersistenceException failure = (PersistenceException) Concurrently.resultOf(each);
        if (failure != null) {
          assertThat(failure.retry()).isEqualTo(Retry.SAME_REQUEST);
        }
      }
    }
    assertThat(persistence().executions().find(run).orElseThrow().execution().version())
        .isEqualTo(1);
  }

  @Test
  @Scenario("TX-19")
  void close_whenTheServerNeverReplies_ends() {
    FaultyProxy proxy = proxy();
    Persistence stores = provider().open(config(proxy));
    assertThat(stores.namespaces().find(namespace())).isPresent();
    proxy.mute();

    assertThat(endsInTime(PersistenceException.class, stores::close, OPERATION)).isNull();
  }

  /** Every connection of the pool is without a reply, and so is the one that it is making. */
  @Test
  @Scenario("TX-20")
  void everyCall_afterTheNetworkIsBack_succeedsAgain() {
    RunKey run = startedRun();
    FaultyProxy proxy = proxy();
    Persistence stores = closedAfterwards(provider().open(config(proxy)));
    Concurrently.run(4, i -> stores.executions().find(run).isPresent()).allSucceeded();

    proxy.mute();
    Future<PersistenceException> first =
        Concurrently.start(
            () ->
                catchThrowableOfType(
                    PersistenceException.class, () -> stores.executions().find(run)));
    await().until(first::isDone);
    assertThat(Concurrently.resultOf(first).outcome()).isEqualTo(Outcome.NOT_APPLIED);
    // The pool is now looking for new connections, more and more rarely.
    for (int i = 0; i < 3; i++) {
      assertThat(
              catchThrowableOfType(UnavailableException.class, () -> stores.executions().find(run)))
          .isNotNull();
    }
    proxy.heal();

    await()
        .atMost(RECOVERY)
        .ignoreExceptionsInstanceOf(UnavailableException.class)
        .until(() -> stores.executions().find(run).isPresent());
    Concurrently.run(8, i -> stores.executions().find(run).isPresent()).allSucceeded();
  }
}
