package io.odin.persistence.tck.repetition;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryResultStore;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.QueueDepth;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskFate;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Repeated writes of task queues and query results. */
public abstract class QueueRepetitionTck extends AbstractRepetitionTck {

  private int queues;

  /** For backends. */
  protected QueueRepetitionTck() {}

  @Override
  Set<Class<?>> stores() {
    return Set.of(TaskQueueStore.class, QueryResultStore.class);
  }

  @Override
  Set<String> reads() {
    return Set.of("depth", "nextReady", "subscribe", "listQueues", "deadLetters", "find");
  }

  @Override
  Map<String, String> exceptions() {
    return Map.of(
        "TaskQueueStore.poll(PollRequest)",
        "leases other tasks; the first ones are ready again when their leases expire",
        "TaskQueueStore.pollAny(List, String, Duration, int)",
        "leases other tasks; the first ones are ready again when their leases expire",
        "TaskQueueStore.heartbeat(TaskLease, Duration)",
        "another extension; refused only if the lease has ended, with whatever the first one did",
        "TaskQueueStore.reclaimExpired(NamespaceId, int)",
        "housekeeping; counts what this call has done",
        "TaskQueueStore.purgeExpired(NamespaceId, int)",
        "housekeeping; counts what this call has done",
        "TaskQueueStore.trimCompletions(NamespaceId, Duration, int)",
        "housekeeping; counts what this call has done",
        "QueryResultStore.expire(int)",
        "housekeeping; counts what this call has done");
  }

  private TaskQueueStore store() {
    return persistence().taskQueues();
  }

  /** A queue of one row, whose name is in no other request. */
  private TaskQueue queue() {
    queues++;
    return new TaskQueue(namespace(), "matched-by-the-proxy-" + queues + "-", TaskType.ACTIVITY);
  }

  private NewTask named(TaskQueue queue) {
    return NewTask.builder(queue, newRun(), Json.emptyObject()).taskId(7).build();
  }

  private TaskLease polled(TaskQueue queue) {
    List<LeasedTask> tasks = store().poll(PollRequest.of(queue, "worker", LONG, 1));
    assertThat(tasks).hasSize(1);
    return tasks.getFirst().lease();
  }

  private TaskLease leased(TaskQueue queue) {
    store().enqueue(NewTask.of(queue, newRun(), Json.emptyObject()));
    return polled(queue);
  }

  private void finish(TaskQueue queue) {
    store().complete(polled(queue));
  }

  private List<Object> effect(TaskQueue queue) {
    QueueDepth depth = store().depth(queue);
    return List.of(depth.ready(), depth.leased(), depth.delayed(), depth.dead());
  }

  private RepeatedWrite write(
      String method, TaskQueue queue, Function<TaskQueueStore, @Nullable Object> send) {
    return write(method, queue, database().commitRequest(), send);
  }

  private RepeatedWrite write(
      String method,
      TaskQueue queue,
      String request,
      Function<TaskQueueStore, @Nullable Object> send) {
    return RepeatedWrite.of(
        "TaskQueueStore." + method,
        request,
        stores -> send.apply(stores.taskQueues()),
        () -> effect(queue));
  }

  @Override
  List<RepeatedWrite> writes() {
    return List.of(
        enqueue(),
        enqueueAll(),
        complete(),
        completeAll(),
        failAndRetry(),
        failForGood(),
        release(),
        redrive(),
        deleteDeadLetters(),
        request(),
        answer());
  }

  private RepeatedWrite enqueue() {
    TaskQueue queue = queue();
    NewTask task = named(queue);
    return write("enqueue(NewTask)", queue, to -> to.enqueue(task))
        .then(() -> finish(queue))
        .answers(answer -> assertThat(answer).isEqualTo(new TaskKey(queue, 7)));
  }

  private RepeatedWrite enqueueAll() {
    TaskQueue queue = queue();
    List<NewTask> tasks = List.of(named(queue));
    return write("enqueueAll(List)", queue, to -> to.enqueueAll(tasks))
        .then(() -> finish(queue))
        .answers(answer -> assertThat(answer).isEqualTo(List.of(new TaskKey(queue, 7))));
  }

  /** As a poll, a completion may consist of several statements. */
  private String completionRequest(TaskQueue queue) {
    return database().pollRequest(queue.name());
  }

  private RepeatedWrite complete() {
    TaskQueue queue = queue();
    TaskLease lease = leased(queue);
    return write(
        "complete(TaskLease)",
        queue,
        completionRequest(queue),
        to -> {
          to.complete(lease);
          return null;
        });
  }

  private RepeatedWrite completeAll() {
    TaskQueue queue = queue();
    List<TaskLease> leases = List.of(leased(queue), leased(queue));
    return write(
            "completeAll(Collection)",
            queue,
            completionRequest(queue),
            to -> to.completeAll(leases))
        .answers(answer -> assertThat(answer).isEqualTo(List.of()));
  }

  private RepeatedWrite failAndRetry() {
    TaskQueue queue = queue();
    TaskLease lease = leased(queue);
    TaskFailure failure = new TaskFailure("broken", Duration.ZERO, 9);
    return write("fail(TaskLease, TaskFailure)", queue, to -> to.fail(lease, failure))
        .then(() -> finish(queue))
        .answers(answer -> assertThat(answer).isEqualTo(TaskFate.RETRIED));
  }

  private RepeatedWrite failForGood() {
    TaskQueue queue = queue();
    TaskLease lease = leased(queue);
    TaskFailure failure = new TaskFailure("broken", Duration.ZERO, 1);
    return write("fail(TaskLease, TaskFailure)", queue, to -> to.fail(lease, failure))
        .then(
            () -> {
              store().redrive(List.of(lease.task()));
              finish(queue);
            })
        .answers(answer -> assertThat(answer).isEqualTo(TaskFate.DEAD));
  }

  private RepeatedWrite release() {
    TaskQueue queue = queue();
    TaskLease lease = leased(queue);
    return write(
            "release(TaskLease)",
            queue,
            to -> {
              to.release(lease);
              return null;
            })
        .then(() -> finish(queue));
  }

  private TaskKey dead(TaskQueue queue) {
    TaskLease lease = leased(queue);
    store().fail(lease, new TaskFailure("broken", Duration.ZERO, 1));
    return lease.task();
  }

  private RepeatedWrite redrive() {
    TaskQueue queue = queue();
    TaskKey letter = dead(queue);
    return write("redrive(Collection)", queue, to -> to.redrive(List.of(letter)))
        .then(() -> finish(queue))
        .answers(answer -> assertThat(answer).isEqualTo(0));
  }

  private RepeatedWrite deleteDeadLetters() {
    TaskQueue queue = queue();
    TaskKey letter = dead(queue);
    return write(
            "deleteDeadLetters(Collection)", queue, to -> to.deleteDeadLetters(List.of(letter)))
        .answers(answer -> assertThat(answer).isEqualTo(0));
  }

  private RepeatedWrite query(
      String method, NewQuery query, String request, Function<Persistence, @Nullable Object> send) {
    return RepeatedWrite.of(
        "QueryResultStore." + method,
        request,
        send,
        () -> List.of(persistence().queryResults().find(query.key())));
  }

  private NewQuery newQuery() {
    return NewQuery.create(startedRun(), "status", Json.emptyObject(), Duration.ofHours(1));
  }

  private RepeatedWrite request() {
    NewQuery query = newQuery();
    QueryCompletion completion =
        new QueryCompletion(query.key(), QueryAnswer.result(Json.emptyObject()));
    return query(
            "request(NewQuery)",
            query,
            database().commitRequest(),
            to -> to.queryResults().request(query))
        .then(() -> persistence().queryResults().complete(completion, 1))
        .answers(answer -> assertThat(answer).isEqualTo(query.key()));
  }

  private RepeatedWrite answer() {
    NewQuery query = newQuery();
    persistence().queryResults().request(query);
    QueryCompletion completion =
        new QueryCompletion(query.key(), QueryAnswer.error("an error that the proxy matches"));
    return query(
        "complete(QueryCompletion, long)",
        query,
        database().writeRequest("an error that the proxy matches"),
        to -> {
          to.queryResults().complete(completion, 1);
          return null;
        });
  }
}
