package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.database.Fault;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityStore;
import io.odin.persistence.visibility.query.AttributeType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The outcomes that callers see when the network fails during a write. The stores under test reach
 * the shared database through a proxy; the shared stores show what the server has done.
 */
public abstract class LostReplyTck extends StoreTck {

  /** For backends. */
  protected LostReplyTck() {}

  /**
   * Stores that reach the database through a proxy.
   *
   * @param proxy the proxy
   * @param stores the stores
   */
  private record Remote(FaultyProxy proxy, Persistence stores) {

    /** Sends a request, and cuts the connection when the server has done it. */
    <T> Future<T> loseReply(String request, Function<Persistence, T> call, Callable<Boolean> done) {
      proxy.loseReplyTo(request);
      Future<T> reply = Concurrently.start(() -> call.apply(stores));
      await().until(done);
      assertThat(proxy.hasTriggered()).isTrue();
      proxy.cut();
      return reply;
    }
  }

  private Remote remote() {
    FaultyProxy proxy = closedAfterwards(FaultyProxy.to(database().address()));
    Persistence stores =
        provider()
            .open(
                database().configAt(proxy.address()).toBuilder()
                    .shardCount(persistence().shardCount())
                    .maximumPoolSize(2)
                    .connectionTimeout(Duration.ofSeconds(2))
                    .lockTimeout(Duration.ofSeconds(20))
                    .build());
    return new Remote(proxy, closedAfterwards(stores));
  }

  /** An update of a new run from version 1 to 2, with one event. */
  private WorkflowTransaction update(RunKey run) {
    return transaction(Samples.update(run, 1).event(Samples.event(2)).build()).build();
  }

  private long version(RunKey run) {
    return persistence().executions().find(run).orElseThrow().execution().version();
  }

  private void assertAppliedOnce(RunKey run) {
    assertThat(version(run)).isEqualTo(2);
    assertThat(persistence().history().size(run).count()).isEqualTo(2);
    assertThat(persistence().history().validate(run)).isEmpty();
  }

  @Test
  @Scenario("TX-01")
  void commit_whenTheReplyIsLost_findsOutThatItWasApplied() {
    RunKey run = startedRun();
    WorkflowTransaction transaction = update(run);

    Future<CommitResult> commit =
        remote()
            .loseReply(
                database().commitRequest(),
                stores -> stores.executions().commit(transaction),
                () -> version(run) == 2);

    assertThat(Concurrently.resultOf(commit)).isEqualTo(CommitResult.applied(transaction));
    assertAppliedOnce(run);
  }

  @Test
  @Scenario("TX-02")
  void commit_whenTheRequestIsLost_isSentOnceMore() {
    RunKey run = startedRun();
    WorkflowTransaction transaction = update(run);
    Remote remote = remote();

    remote.proxy().cutBefore(database().commitRequest());
    CommitResult result = remote.stores().executions().commit(transaction);

    assertThat(remote.proxy().hasTriggered()).isTrue();
    assertThat(result).isEqualTo(CommitResult.applied(transaction));
    assertAppliedOnce(run);
  }

  @Test
  @Scenario("TX-02")
  void commit_whenTheRequestIsLostAndTheServerIsOutOfReach_isSettledLater() {
    RunKey run = startedRun();
    WorkflowTransaction transaction = update(run);
    Remote remote = remote();
    ExecutionStore executions = remote.stores().executions();

    remote.proxy().goDownBefore(database().commitRequest());
    OutcomeUnknownException unknown =
        thrownBy(OutcomeUnknownException.class, () -> executions.commit(transaction));

    assertThat(remote.proxy().hasTriggered()).isTrue();
    assertThat(unknown.commitId()).contains(transaction.commitId());
    assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(unknown.retry()).isEqualTo(Retry.SAME_REQUEST);
    assertThat(version(run)).isEqualTo(1);
    remote.proxy().comeBack();
    assertThat(executions.commit(transaction).isApplied()).isTrue();
    assertThat(executions.commit(transaction).isApplied()).isTrue();
    assertAppliedOnce(run);
  }

  @Test
  @Scenario("TX-02")
  void commit_whenTheReplyIsLostAndTheServerIsOutOfReach_isSettledLater() {
    RunKey run = startedRun();
    WorkflowTransaction transaction = update(run);
    Remote remote = remote();
    ExecutionStore executions = remote.stores().executions();

    remote.proxy().loseReplyTo(database().commitRequest());
    Future<CommitResult> commit = Concurrently.start(() -> executions.commit(transaction));
    await().until(() -> version(run) == 2);
    assertThat(remote.proxy().hasTriggered()).isTrue();
    remote.proxy().goDown();
    OutcomeUnknownException unknown =
        thrownBy(OutcomeUnknownException.class, () -> Concurrently.resultOf(commit));

    assertThat(unknown.commitId()).contains(transaction.commitId());
    remote.proxy().comeBack();
    assertThat(executions.commit(transaction)).isEqualTo(CommitResult.applied(transaction));
    assertAppliedOnce(run);
  }

  /**
   * The server does not notice that the client has disconnected while it waits for a lock, and
   * continues with the requests that it has received. The outcome reported to the caller must be
   * true even then.
   */
  @Test
  @Scenario("TX-02")
  void commit_whenCutWhileTheServerWaitsForALock_reportsATrueOutcome() {
    RunKey run = startedRun();
    WorkflowTransaction transaction = update(run);
    Remote remote = remote();
    Fault lock = closedAfterwards(database().holdRun(run));

    Future<CommitResult> commit =
        Concurrently.start(() -> remote.stores().executions().commit(transaction));
    await().until(() -> database().waitingForLocks() >= 1);
    remote.proxy().cut();
    lock.close();
    PersistenceException failure =
        catchThrowableOfType(PersistenceException.class, () -> Concurrently.resultOf(commit));
    // Waits for the lock after the abandoned transaction, which therefore has ended.
    database().holdRun(run).close();

    if (failure == null) {
      assertAppliedOnce(run);
    } else if (failure.outcome() == Outcome.NOT_APPLIED) {
      assertThat(version(run)).as("version after " + failure).isEqualTo(1);
    }
    assertThat(persistence().executions().commit(transaction).isApplied()).isTrue();
    assertAppliedOnce(run);
  }

  /**
   * Where a transaction and its end are one request, it may reach the server after the caller has
   * got the refusal, and after the reason for that has ceased to exist.
   */
  @Test
  @Scenario("TX-02")
  void commit_thatIsRefusedWhileTheFirstRequestIsHeldUp_isNotAppliedLater() throws Exception {
    RunKey open = startedRun();
    RunKey next = RunKey.create(open.namespace(), open.workflowId());
    WorkflowTransaction transaction =
        transaction(Samples.create(next, CreateMode.replaceClosed(open.runId())).build()).build();
    Remote remote = remote();

    remote.proxy().holdBack(database().commitRequest());
    thrownBy(
        CurrentRunConflictException.class, () -> remote.stores().executions().commit(transaction));
    persistence()
        .executions()
        .commit(transaction(Samples.close(open, 1, WorkflowState.COMPLETED)).build());
    if (remote.proxy().hasTriggered()) {
      remote.proxy().deliver();
    }

    assertThat(persistence().executions().find(next)).isEmpty();
  }

  /**
   * A write that may be repeated.
   *
   * @param name the store and the method
   * @param request a text in the request that makes the write last
   * @param send sends the write
   * @param effect reads what the write changes
   */
  private record Write(
      String name, String request, Consumer<Persistence> send, Supplier<Object> effect) {}

  @Test
  @Scenario("TX-03")
  void everyWrite_whenTheReplyIsLost_isAppliedOnceWhenSentAgain() {
    Stream.of(namespaces(), signals(), queries(), schedules(), visibility(), tasks())
        .flatMap(List::stream)
        .forEach(this::assertAppliedOnceWhenSentAgain);
  }

  private void assertAppliedOnceWhenSentAgain(Write write) {
    Remote remote = remote();
    Object before = write.effect().get();
    Future<Boolean> first =
        remote.loseReply(
            write.request(),
            stores -> {
              write.send().accept(stores);
              return true;
            },
            () -> !write.effect().get().equals(before));

    assertThat(catchThrowable(() -> Concurrently.resultOf(first)))
        .as(write.name())
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class,
            unknown -> assertThat(unknown.retry()).isEqualTo(Retry.SAME_REQUEST));
    Object applied = write.effect().get();
    assertThatCode(() -> write.send().accept(remote.stores()))
        .as("%s sent again", write.name())
        .doesNotThrowAnyException();
    assertThat(write.effect().get()).as("effect of %s sent again", write.name()).isEqualTo(applied);
  }

  private List<Write> namespaces() {
    NamespaceId id = NamespaceId.create();
    return List.of(
        new Write(
            "namespaces.create",
            database().commitRequest(),
            to -> to.namespaces().create(id, id.toString(), Samples.settings()),
            () -> persistence().namespaces().find(id)));
  }

  private List<Write> signals() {
    RunKey run = startedRun();
    NewSignal signal = NewSignal.create("cancel", Json.emptyObject());
    return List.of(
        new Write(
            "signals.put",
            database().commitRequest(),
            to -> to.signals().put(run, signal),
            () -> persistence().signals().pending(run, PageRequest.first(10))));
  }

  private List<Write> queries() {
    NewQuery asked =
        NewQuery.create(startedRun(), "status", Json.emptyObject(), Duration.ofHours(1));
    NewQuery answered =
        NewQuery.create(startedRun(), "status", Json.emptyObject(), Duration.ofHours(1));
    persistence().queryResults().request(answered);
    QueryCompletion completion =
        new QueryCompletion(answered.key(), QueryAnswer.error("an error that the proxy matches"));
    return List.of(
        new Write(
            "queryResults.request",
            database().commitRequest(),
            to -> to.queryResults().request(asked),
            () -> persistence().queryResults().find(asked.key())),
        new Write(
            "queryResults.complete",
            database().writeRequest("an error that the proxy matches"),
            to -> to.queryResults().complete(completion, 1),
            () -> persistence().queryResults().find(answered.key())));
  }

  private List<Write> schedules() {
    NewSchedule created =
        NewSchedule.of(ScheduleKey.create(namespace()), "created", Samples.hourly());
    ScheduleLease due = dueSchedule("due");
    RunKey started = newRun();
    ScheduleLease pending = dueSchedule("pending");
    RunKey ended = newRun();
    persistence().schedules().advance(pending, DueOutcome.started(ended));
    return List.of(
        onSchedule("schedules.create", created.key(), to -> to.create(created)),
        onSchedule(
            "schedules.advance",
            due.schedule(),
            to -> to.advance(due, DueOutcome.started(started))),
        onSchedule(
            "schedules.recordResult",
            pending.schedule(),
            to -> to.recordResult(ended, ScheduleResult.COMPLETED, "")),
        onSchedule("schedules.pause", due.schedule(), to -> to.pause(due.schedule(), "why")),
        onSchedule("schedules.delete", due.schedule(), to -> to.delete(due.schedule())));
  }

  private Write onSchedule(String name, ScheduleKey key, Consumer<ScheduleStore> send) {
    ScheduleStore store = persistence().schedules();
    return new Write(
        name,
        database().commitRequest(),
        to -> send.accept(to.schedules()),
        () -> List.of(store.find(key), store.history(key, PageRequest.first(10))));
  }

  private ScheduleLease dueSchedule(String name) {
    ScheduleStore store = persistence().schedules();
    ScheduleKey key = ScheduleKey.create(namespace());
    store.create(NewSchedule.of(key, name, Samples.hourly()));
    database().ageSchedule(key, Duration.ofMinutes(90));
    return store.claimDue("scheduler", LONG, 1000).stream()
        .map(DueSchedule::lease)
        .filter(lease -> lease.schedule().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private List<Write> visibility() {
    VisibilityStore store = persistence().visibility();
    RunKey run = newRun();
    VisibilityRecord record = Samples.visibility(run).status("lost").build();
    return List.of(
        new Write(
            "visibility.upsert",
            database().commitRequest(),
            to -> to.visibility().upsert(record, 3),
            () -> store.find(run)),
        new Write(
            "visibility.setTags",
            database().commitRequest(),
            to -> to.visibility().setTags(run, Tags.of(Map.of("a", "1"))),
            () -> store.tags(run)),
        new Write(
            "visibility.registerAttribute",
            database().writeRequest("MatchedByTheProxy"),
            to ->
                to.visibility()
                    .registerAttribute(namespace(), "MatchedByTheProxy", AttributeType.INT),
            () -> store.attributes(namespace())),
        new Write(
            "visibility.delete",
            database().commitRequest(),
            to -> to.visibility().delete(run, 3),
            () -> List.of(store.find(run), store.tags(run))));
  }

  private List<Write> tasks() {
    TaskQueue queue = new TaskQueue(namespace(), "orders", TaskType.ACTIVITY);
    NewTask task = NewTask.builder(queue, newRun(), Json.emptyObject()).taskId(7).build();
    return List.of(
        new Write(
            "taskQueues.enqueue, with an id of the caller",
            database().commitRequest(),
            to -> to.taskQueues().enqueue(task),
            () -> persistence().taskQueues().depth(queue).ready()));
  }

  /** A worker may have completed it: sent again by the store itself, it might be done twice. */
  @Test
  @Scenario("TX-03")
  void task_withAnIdOfTheStore_whenTheReplyIsLost_isNotSentAgain() {
    TaskQueue queue = new TaskQueue(namespace(), "matched-by-the-proxy", TaskType.ACTIVITY);
    NewTask task = NewTask.of(queue, newRun(), Json.emptyObject());

    Future<TaskKey> reply =
        remote()
            .loseReply(
                database().writeRequest("matched-by-the-proxy"),
                stores -> stores.taskQueues().enqueue(task),
                () -> persistence().taskQueues().depth(queue).ready() == 1);
    thrownBy(OutcomeUnknownException.class, () -> Concurrently.resultOf(reply));

    assertThat(persistence().taskQueues().depth(queue).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("RE-07")
  void archiveAndDelete_whenTheReplyIsLost_continuesWhenSentAgain() {
    RunKey run = startedRun();
    commit(Samples.close(run, 1, WorkflowState.COMPLETED));
    ShardLease shard = acquireShardFor(run.workflowId());
    Remote remote = remote();

    remote.proxy().loseReplyTo("workflow_timers");
    Future<Long> deletion =
        Concurrently.start(
            () -> remote.stores().retention().archiveAndDelete(run, shard, Archiver.none()));
    await().until(remote.proxy()::hasTriggered);
    remote.proxy().cut();

    // A transaction that is cut before its commit is retried; after it, the outcome is unknown.
    PersistenceException failure =
        catchThrowableOfType(PersistenceException.class, () -> Concurrently.resultOf(deletion));
    if (failure != null) {
      assertThat(failure.retry()).isEqualTo(Retry.SAME_REQUEST);
    }
    persistence().retention().archiveAndDelete(run, shard, Archiver.none());
    assertThat(persistence().executions().find(run)).isEmpty();
  }

  @Test
  @Scenario("TQ-31")
  void poll_whenTheReplyIsLost_deliversAgainOnceTheLeaseHasEnded() {
    TaskQueue queue = new TaskQueue(namespace(), "orders", TaskType.ACTIVITY);
    persistence().taskQueues().enqueue(NewTask.of(queue, newRun(), Json.emptyObject()));

    PollRequest cut = PollRequest.of(queue, "worker-that-is-cut-off", Duration.ofSeconds(3), 1);
    Future<List<LeasedTask>> poll =
        remote()
            .loseReply(
                database().pollRequest("worker-that-is-cut-off"),
                stores -> stores.taskQueues().poll(cut),
                () -> persistence().taskQueues().depth(queue).leased() == 1);
    PersistenceException failure =
        thrownBy(PersistenceException.class, () -> Concurrently.resultOf(poll));

    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    PollRequest request = PollRequest.of(queue, "worker-b", LONG, 1);
    assertThat(persistence().taskQueues().poll(request)).isEmpty();
    LeasedTask again =
        await()
            .until(() -> persistence().taskQueues().poll(request), tasks -> !tasks.isEmpty())
            .getFirst();
    assertThat(again.lease().attempt()).isEqualTo(2);
  }
}
