package io.odin.persistence.mysql.group;

import io.odin.persistence.Persistence;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Tasks with ids of the caller's that are enqueued, delivered and completed. Thread-safe. */
final class TaskWorkers {

  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final int BATCH = 5;

  private final TaskQueueStore store;
  private final Reported reported;
  private final TaskQueue queue;
  private final RunKey run;
  private final AtomicLong ids = new AtomicLong();
  private final Set<Long> enqueued = ConcurrentHashMap.newKeySet();
  private final Set<Long> refused = ConcurrentHashMap.newKeySet();
  private final Set<Long> completionRefused = ConcurrentHashMap.newKeySet();
  // When the completion of each was reported as applied.
  private final Map<Long, Long> completed = new ConcurrentHashMap<>();

  TaskWorkers(Persistence persistence, Reported reported, NamespaceId namespace) {
    store = persistence.taskQueues();
    this.reported = reported;
    queue = new TaskQueue(namespace, "q", TaskType.ACTIVITY);
    run = RunKey.create(namespace, "tasks");
  }

  /** Enqueues some tasks, and completes as many. */
  void step() {
    List<NewTask> tasks =
        Stream.generate(ids::incrementAndGet)
            .limit(BATCH)
            .map(id -> NewTask.builder(queue, run, Json.emptyObject()).taskId(id).build())
            .toList();
    Set<Long> into =
        reported.settle(() -> store.enqueueAll(tasks)).isPresent() ? enqueued : refused;
    tasks.forEach(task -> into.add(task.taskId().orElseThrow()));
    work();
  }

  /**
   * Completes the tasks of one poll. If its reply is lost, their leases expire.
   *
   * @return how many there were
   */
  private int work() {
    long polledAt = System.nanoTime();
    Optional<List<LeasedTask>> polled =
        reported.settle(() -> store.poll(PollRequest.of(queue, "worker", LEASE, BATCH)));
    List<LeasedTask> tasks = polled.orElse(List.of());
    for (LeasedTask task : tasks) {
      check(task.lease(), polledAt);
      complete(task.lease());
    }
    return tasks.size();
  }

  private void check(TaskLease lease, long polledAt) {
    long id = lease.task().taskId();
    Long completedAt = completed.get(id);
    if (completedAt != null && completedAt < polledAt) {
      reported.contradicts("repeated: task " + id + " was delivered after its completion");
    }
    if (refused.contains(id)) {
      reported.contradicts("refused and stored: task " + id);
    }
  }

  private void complete(TaskLease lease) {
    long id = lease.task().taskId();
    Optional<TaskLease> answer =
        reported.settle(
            () -> {
              store.complete(lease);
              return lease;
            });
    if (answer.isEmpty()) {
      completionRefused.add(id);
    } else if (completed.put(id, System.nanoTime()) != null) {
      reported.contradicts("repeated: task " + id + " was completed with two leases");
    }
  }

  /** How many tasks were completed. */
  int size() {
    return completed.size();
  }

  /** Completes what is left, after leases of lost replies have expired, and compares. */
  void audit() {
    long end = System.nanoTime() + LEASE.multipliedBy(3).toNanos();
    while (System.nanoTime() < end && !(work() == 0 && completed.keySet().containsAll(enqueued))) {
      Thread.onSpinWait();
    }
    for (long id : enqueued) {
      if (!completed.containsKey(id)) {
        reported.contradicts(
            (completionRefused.contains(id) ? "refused and done: " : "lost: ") + "task " + id);
      }
    }
  }
}
