package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odin.persistence.Json;
import io.odin.persistence.PageRequest;
import io.odin.persistence.Persistence;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.WorkflowState;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceStore;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.query.WorkflowQuery;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.database.Disturbance;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.visibility.AttributeType;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityStore;
import io.odin.persistence.visibility.VisibilityWrite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What a caller learns when the network fails at the worst moment. The stores under test reach the
 * shared database through a proxy; the others look at what the server did.
 */
public abstract class LostReplyTck extends StoreTck {

  /** For backends. */
  protected LostReplyTck() {}

  private CutProxy proxy() {
    return closedAfterwards(CutProxy.to(database().address()));
  }

  private Persistence behind(CutProxy proxy) {
    return closedAfterwards(
        provider()
            .open(
                database().configAt(proxy.address()).toBuilder()
                    .shardCount(persistence().shardCount())
                    .maximumPoolSize(2)
                    .connectionTimeout(Duration.ofSeconds(2))
                    .lockTimeout(Duration.ofSeconds(20))
                    .build()));
  }

  /** Sends a request and, when the server has done it, loses the reply with the connection. */
  private <T> Future<T> loseReply(
      CutProxy proxy, String request, Callable<T> call, Callable<Boolean> done) {
    proxy.loseReplyTo(request);
    Future<T> reply = Concurrently.start(call);
    await().until(done);
    assertThat(proxy.hasStruck()).isTrue();
    proxy.cut();
    return reply;
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
  void commit_whenTheReplyIsLost_findsOutByItselfThatItHappened() {
    RunKey run = startedRun();
    WorkflowTransaction transaction = update(run);
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);

    Future<CommitResult> commit =
        loseReply(
            proxy,
            database().commitRequest(),
            () -> remote.executions().commit(transaction),
            () -> version(run) == 2);

    assertThat(Concurrently.resultOf(commit)).isEqualTo(CommitResult.applied(transaction));
    assertAppliedOnce(run);
  }

  @Test
  @Scenario("TX-02")
  void commit_whenTheRequestIsLost_isSentOnceMore() {
    RunKey run = startedRun();
    WorkflowTransaction transaction = update(run);
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);

    proxy.cutBefore(database().commitRequest());
    CommitResult result = remote.executions().commit(transaction);

    assertThat(proxy.hasStruck()).isTrue();
    assertThat(result).isEqualTo(CommitResult.applied(transaction));
    assertAppliedOnce(run);
  }

  @Test
  @Scenario("TX-02")
  void commit_whenTheRequestIsLostAndTheServerStaysAway_isSettledLater() {
    RunKey run = startedRun();
    WorkflowTransaction transaction = update(run);
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);

    proxy.goDownBefore(database().commitRequest());
    OutcomeUnknownException unknown =
        thrownBy(OutcomeUnknownException.class, () -> remote.executions().commit(transaction));

    assertThat(proxy.hasStruck()).isTrue();
    assertThat(unknown.commitId()).contains(transaction.commitId());
    assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(unknown.retry()).isEqualTo(Retry.SAME_REQUEST);
    assertThat(version(run)).isEqualTo(1);
    proxy.comeBack();
    assertThat(remote.executions().commit(transaction).isApplied()).isTrue();
    assertThat(remote.executions().commit(transaction).isApplied()).isTrue();
    assertAppliedOnce(run);
  }

  @Test
  @Scenario("TX-02")
  void commit_whenTheReplyIsLostAndTheServerStaysAway_isSettledLater() {
    RunKey run = startedRun();
    WorkflowTransaction transaction = update(run);
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);

    proxy.loseReplyTo(database().commitRequest());
    Future<CommitResult> commit = Concurrently.start(() -> remote.executions().commit(transaction));
    await().until(() -> version(run) == 2);
    assertThat(proxy.hasStruck()).isTrue();
    proxy.goDown();
    OutcomeUnknownException unknown =
        thrownBy(OutcomeUnknownException.class, () -> Concurrently.resultOf(commit));

    assertThat(unknown.commitId()).contains(transaction.commitId());
    proxy.comeBack();
    assertThat(remote.executions().commit(transaction))
        .isEqualTo(CommitResult.applied(transaction));
    assertAppliedOnce(run);
  }

  /**
   * The server does not notice that the client is gone while it waits for a lock, and goes on with
   * whatever it has been sent. Whatever the caller was told must be true then.
   */
  @Test
  @Scenario("TX-02")
  void commit_whenCutWhileTheServerIsAtWork_tellsTheTruth() {
    RunKey run = startedRun();
    WorkflowTransaction transaction = update(run);
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);
    Disturbance lock = closedAfterwards(database().holdRun(run));

    Future<CommitResult> commit = Concurrently.start(() -> remote.executions().commit(transaction));
    await().until(() -> database().waitingForLocks() >= 1);
    proxy.cut();
    lock.close();
    PersistenceException failure =
        catchThrowableOfType(PersistenceException.class, () -> Concurrently.resultOf(commit));
    // Queues up behind the abandoned transaction, which ends first.
    database().holdRun(run).close();

    if (failure == null) {
      assertAppliedOnce(run);
    } else if (failure.outcome() == Outcome.NOT_APPLIED) {
      assertThat(version(run)).as("version after " + failure).isEqualTo(1);
    }
    assertThat(persistence().executions().commit(transaction).isApplied()).isTrue();
    assertAppliedOnce(run);
  }

  @Test
  @Scenario("TX-03")
  void signal_whenTheReplyIsLost_isSentAgainAndReceivedOnce() {
    RunKey run = startedRun();
    NewSignal signal = NewSignal.create("cancel", Json.emptyObject());
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);

    Future<SignalReceipt> put =
        loseReply(
            proxy,
            database().commitRequest(),
            () -> remote.signals().put(run, signal),
            () -> !pending(run).isEmpty());
    OutcomeUnknownException unknown =
        thrownBy(OutcomeUnknownException.class, () -> Concurrently.resultOf(put));

    assertThat(unknown.retry()).isEqualTo(Retry.SAME_REQUEST);
    assertThat(remote.signals().put(run, signal))
        .isEqualTo(new SignalReceipt(run, 1, SignalReceipt.Arrival.DUPLICATE));
    assertThat(pending(run)).hasSize(1);
  }

  private List<WorkflowSignal> pending(RunKey run) {
    return persistence().signals().pending(run, PageRequest.first(10)).items();
  }

  @Test
  @Scenario("TX-03")
  void answer_whenTheReplyIsLost_isSentAgainAndStoredOnce() {
    QueryKey query =
        persistence()
            .queryResults()
            .request(
                NewQuery.create(startedRun(), "status", Json.emptyObject(), Duration.ofHours(1)));
    QueryCompletion completion =
        new QueryCompletion(query, QueryAnswer.error("an error that the proxy knows"));
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);

    Future<Boolean> answer =
        loseReply(
            proxy,
            database().writeRequest("an error that the proxy knows"),
            () -> {
              remote.queryResults().complete(completion, 1);
              return true;
            },
            () -> persistence().queryResults().find(query).orElseThrow().completion().isPresent());
    thrownBy(OutcomeUnknownException.class, () -> Concurrently.resultOf(answer));

    WorkflowQuery first = persistence().queryResults().find(query).orElseThrow();
    remote.queryResults().complete(completion, 1);
    assertThat(persistence().queryResults().find(query)).contains(first);
  }

  @Test
  @Scenario("TX-03")
  void schedule_whenTheReplyToAWriteIsLost_isWrittenOnceHoweverOftenItIsSent() {
    NewSchedule schedule =
        NewSchedule.of(ScheduleKey.create(namespace()), "hourly", Samples.hourly());
    ScheduleStore store = persistence().schedules();
    RunKey run = newRun();

    sendTwice(
        remote -> remote.schedules().create(schedule),
        () -> store.find(schedule.key()).isPresent());
    database().ageSchedule(schedule.key(), Duration.ofMinutes(90));
    ScheduleLease lease =
        store.claimDue("scheduler", LONG, 1000).stream()
            .map(DueSchedule::lease)
            .filter(due -> due.schedule().equals(schedule.key()))
            .findFirst()
            .orElseThrow();
    sendTwice(
        remote -> remote.schedules().advance(lease, DueOutcome.started(run)),
        () -> !store.history(schedule.key(), PageRequest.first(1)).items().isEmpty());
    sendTwice(
        remote -> remote.schedules().recordResult(run, ScheduleResult.COMPLETED, ""),
        () -> store.pending(namespace(), PageRequest.first(1)).items().isEmpty());
    sendTwice(
        remote -> remote.schedules().pause(schedule.key(), "why"),
        () -> store.find(schedule.key()).orElseThrow().isPaused());

    Schedule stored = store.find(schedule.key()).orElseThrow();
    assertThat(stored.version()).isEqualTo(2);
    assertThat(stored.lastDueAt()).contains(lease.dueAt());
    assertThat(stored.nextDueAt()).isEqualTo(lease.nextDueAt());
    assertThat(store.history(schedule.key(), PageRequest.first(10)).items()).hasSize(1);
    sendTwice(
        remote -> remote.schedules().delete(schedule.key()),
        () -> store.find(schedule.key()).isEmpty());
  }

  @Test
  @Scenario("TX-03")
  void query_whenTheReplyIsLost_isPutOnceHoweverOftenItIsSent() {
    NewQuery query =
        NewQuery.create(startedRun(), "status", Json.emptyObject(), Duration.ofHours(1));

    sendTwice(
        remote -> remote.queryResults().request(query),
        () -> persistence().queryResults().find(query.key()).isPresent());

    WorkflowQuery stored = persistence().queryResults().find(query.key()).orElseThrow();
    assertThat(stored.completion()).isEmpty();
  }

  @Test
  @Scenario("TX-03")
  void visibility_whenTheReplyToAWriteIsLost_isWrittenOnceHoweverOftenItIsSent() {
    RunKey run = newRun();
    VisibilityRecord record = Samples.visibility(run).status("known to the proxy").build();
    Tags tags = Tags.of(Map.of("a", "1"));
    VisibilityStore store = persistence().visibility();

    sendTwice(
        database().writeRequest("known to the proxy"),
        remote -> remote.visibility().upsert(record, 3),
        () -> store.find(run).isPresent());
    sendTwice(remote -> remote.visibility().setTags(run, tags), () -> store.tags(run).equals(tags));
    sendTwice(
        database().writeRequest("KnownToTheProxy"),
        remote ->
            remote
                .visibility()
                .registerAttribute(namespace(), "KnownToTheProxy", AttributeType.INT),
        () -> store.attributes(namespace()).containsKey("KnownToTheProxy"));

    assertThat(store.find(run)).contains(record);
    assertThat(store.upsert(record, 3)).isEqualTo(VisibilityWrite.SUPERSEDED);
    sendTwice(remote -> remote.visibility().delete(run, 3), () -> store.find(run).isEmpty());
    assertThat(store.tags(run)).isEqualTo(Tags.none());
  }

  @Test
  @Scenario("TX-03")
  void namespace_whenTheReplyIsLost_isCreatedOnceHoweverOftenItIsSent() {
    NamespaceId id = NamespaceId.create();
    NamespaceStore store = persistence().namespaces();

    sendTwice(
        remote -> remote.namespaces().create(id, id.toString(), Samples.settings()),
        () -> store.find(id).isPresent());

    assertThat(store.find(id).orElseThrow().version()).isEqualTo(1);
  }

  @Test
  @Scenario("TX-03")
  void task_withAnIdOfTheCallers_whenTheReplyIsLost_isEnqueuedOnceHoweverOftenItIsSent() {
    TaskQueue queue = new TaskQueue(namespace(), "orders", TaskType.ACTIVITY);
    NewTask task = NewTask.builder(queue, newRun(), Json.emptyObject()).taskId(7).build();

    sendTwice(
        remote -> remote.taskQueues().enqueue(task),
        () -> persistence().taskQueues().depth(queue).ready() == 1);

    assertThat(persistence().taskQueues().depth(queue).ready()).isEqualTo(1);
  }

  /** A worker may have finished it: sent again by the store itself, it might be done twice. */
  @Test
  @Scenario("TX-03")
  void task_withAnIdOfTheStores_whenTheReplyIsLost_isNotSentAgain() {
    TaskQueue queue = new TaskQueue(namespace(), "known-to-the-proxy", TaskType.ACTIVITY);
    NewTask task = NewTask.of(queue, newRun(), Json.emptyObject());
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);

    Future<TaskKey> reply =
        loseReply(
            proxy,
            database().writeRequest("known-to-the-proxy"),
            () -> remote.taskQueues().enqueue(task),
            () -> persistence().taskQueues().depth(queue).ready() == 1);
    thrownBy(OutcomeUnknownException.class, () -> Concurrently.resultOf(reply));

    assertThat(persistence().taskQueues().depth(queue).ready()).isEqualTo(1);
  }

  /** Sends a write whose reply is lost, and once more when it has been done. */
  private void sendTwice(Consumer<Persistence> write, Callable<Boolean> done) {
    sendTwice(database().commitRequest(), write, done);
  }

  private void sendTwice(String lost, Consumer<Persistence> write, Callable<Boolean> done) {
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);
    Future<Boolean> first =
        loseReply(
            proxy,
            lost,
            () -> {
              write.accept(remote);
              return true;
            },
            done);
    OutcomeUnknownException unknown =
        thrownBy(OutcomeUnknownException.class, () -> Concurrently.resultOf(first));
    assertThat(unknown.retry()).isEqualTo(Retry.SAME_REQUEST);
    write.accept(remote);
  }

  @Test
  @Scenario("RE-07")
  void archiveAndDelete_whenTheReplyIsLost_goesOnWhenSentAgain() {
    RunKey run = startedRun();
    commit(Samples.close(run, 1, WorkflowState.COMPLETED));
    ShardLease shard = acquireShardFor(run.workflowId());
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);

    proxy.loseReplyTo("workflow_timers");
    Future<Long> deletion =
        Concurrently.start(() -> remote.retention().archiveAndDelete(run, shard, Archiver.none()));
    await().until(proxy::hasStruck);
    proxy.cut();

    // Cut before its commit it is tried again; after that, no one knows.
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
    CutProxy proxy = proxy();
    Persistence remote = behind(proxy);

    PollRequest unlucky = PollRequest.of(queue, "worker-out-of-luck", Duration.ofSeconds(3), 1);
    Future<List<LeasedTask>> poll =
        loseReply(
            proxy,
            database().pollRequest("worker-out-of-luck"),
            () -> remote.taskQueues().poll(unlucky),
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
