package io.odin.persistence.tck.task;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The base class of the kits of task queues: a queue of activities, and its tasks. */
public abstract class AbstractTaskQueueTck extends StoreTck {

  private @Nullable TaskQueue queue;

  /** For kits. */
  protected AbstractTaskQueueTck() {}

  protected final TaskQueueStore store() {
    return persistence().taskQueues();
  }

  /** The queue of this test. */
  protected final TaskQueue queue() {
    TaskQueue known = queue;
    if (known == null) {
      known = new TaskQueue(namespace(), "orders", TaskType.ACTIVITY);
      queue = known;
    }
    return known;
  }

  /** A task of the queue, to be added to. */
  protected final NewTask.Builder task() {
    return task(RunKey.create(namespace(), "workflow-of-a-task"));
  }

  protected final NewTask.Builder task(RunKey run) {
    return NewTask.builder(queue(), run, Json.of("{\"do\":\"ship\"}"));
  }

  /** Enqueues {@code count} tasks that are ready at once, with ids from 1. */
  protected final void enqueueReady(int count) {
    for (int id = 1; id <= count; id++) {
      store().enqueue(task().taskId(id).build());
    }
  }

  protected final PollRequest request(String worker, Duration leaseFor, int maximum) {
    return PollRequest.of(queue(), worker, leaseFor, maximum);
  }

  /** Polls up to {@code maximum} tasks under leases that outlive the test. */
  protected final List<LeasedTask> poll(int maximum) {
    return store().poll(request("worker-a", LONG, maximum));
  }

  protected final List<Long> pollIds(int maximum) {
    return ids(poll(maximum));
  }

  static List<Long> ids(List<LeasedTask> tasks) {
    return tasks.stream().map(leased -> leased.task().key().taskId()).toList();
  }

  /** Polls as another worker until there is a task. */
  protected final LeasedTask awaitTask() {
    return await()
        .until(() -> store().poll(request("worker-b", LONG, 1)), tasks -> !tasks.isEmpty())
        .getFirst();
  }

  /** A lease that has expired by the database's clock and was not taken over. */
  final TaskLease expiredLease() {
    store().enqueue(task().build());
    TaskLease lease = store().poll(request("worker-a", SHORT, 1)).getFirst().lease();
    awaitEnd(lease);
    return lease;
  }

  final void awaitEnd(TaskLease lease) {
    await().until(() -> databaseNow().isAfter(lease.expiresAt()));
  }

  /** A lease that has expired and whose task another worker holds. */
  final TaskLease takenOverLease() {
    TaskLease lease = expiredLease();
    awaitTask();
    return lease;
  }
}
