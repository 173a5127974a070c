package io.odin.persistence.cli.torture;

import io.odin.persistence.cli.torture.Calls.Answer;
import io.odin.persistence.cli.torture.Calls.Answer.Applied;
import io.odin.persistence.cli.torture.Calls.Answer.Refused;
import io.odin.persistence.cli.torture.Ledger.Verdict;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.LostLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskFate;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Tasks that are enqueued with ids of the caller's, delivered and completed. Thread-safe. */
final class TaskLoad implements Load {

  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final TaskFailure FAILURE =
      new TaskFailure("made to fail", Duration.ZERO, Integer.MAX_VALUE);
  private static final int BATCH = 10;
  private static final int MAXIMUM_WAITING = 2000;

  private final TaskQueueStore store;
  private final Calls calls;
  private final Ledger ledger;
  private final TaskQueue queue;
  private final RunKey run;
  private final AtomicLong ids = new AtomicLong();
  private final Set<Long> enqueued = ConcurrentHashMap.newKeySet();
  private final Set<Long> refused = ConcurrentHashMap.newKeySet();
  private final Set<Long> completionRefused = ConcurrentHashMap.newKeySet();
  // When each task was reported as completed.
  private final Map<Long, Long> completed = new ConcurrentHashMap<>();

  TaskLoad(TaskQueueStore store, Calls calls, Ledger ledger, NamespaceId namespace) {
    this.store = store;
    this.calls = calls;
    this.ledger = ledger;
    queue = new TaskQueue(namespace, "torture", TaskType.ACTIVITY);
    run = RunKey.create(namespace, "tasks");
  }

  @Override
  public String name() {
    return "tasks";
  }

  /** A task with an id that no other has. */
  NewTask newTask() {
    return NewTask.builder(queue, run, Json.emptyObject()).taskId(ids.incrementAndGet()).build();
  }

  /** What was reported to the sender of tasks. */
  void sent(Collection<NewTask> tasks, Answer<?> answer) {
    Set<Long> numbers =
        tasks.stream().map(task -> task.taskId().orElseThrow()).collect(Collectors.toSet());
    switch (answer) {
      case Applied<?> applied -> enqueued.addAll(numbers);
      case Refused<?> refusal -> refused.addAll(numbers);
    }
  }

  @Override
  public void work(int worker, RandomGenerator random) {
    if (enqueued.size() - completed.size() < MAXIMUM_WAITING && random.nextInt(3) == 0) {
      enqueue(random);
    } else {
      consume("worker-" + worker, random);
    }
  }

  private void enqueue(RandomGenerator random) {
    List<NewTask> tasks = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      tasks.add(newTask());
    }
    sent(tasks, calls.settle("enqueueAll", () -> store.enqueueAll(tasks)));
  }

  private void consume(String worker, RandomGenerator random) {
    List<LeasedTask> tasks = poll(worker);
    if (!tasks.isEmpty() && random.nextInt(3) == 0) {
      completeAll(tasks);
      return;
    }
    for (LeasedTask task : tasks) {
      switch (random.nextInt(12)) {
        case 0 -> release(task.lease());
        case 1 -> fail(task.lease());
        default -> complete(task.lease());
      }
    }
  }

  /** The leases of a poll whose reply is lost expire. */
  private List<LeasedTask> poll(String worker) {
    long start = System.nanoTime();
    PollRequest request = PollRequest.of(queue, worker, LEASE, BATCH);
    if (calls.once("poll", () -> store.poll(request)) instanceof Applied<List<LeasedTask>> found) {
      found.result().forEach(task -> check(task.lease(), start));
      return found.result();
    }
    return List.of();
  }

  private void check(TaskLease lease, long polledAt) {
    long id = lease.task().taskId();
    Long completedAt = completed.get(id);
    if (completedAt != null && completedAt - polledAt < 0) {
      ledger.found(Verdict.REPEATED, lease.task() + " was delivered after its completion");
    }
    if (refused.contains(id)) {
      ledger.found(Verdict.WRONG_OUTCOME, lease.task() + " was refused, and delivered");
    }
  }

  private void complete(TaskLease lease) {
    Answer<?> answer =
        calls.settle(
            "complete",
            () -> {
              store.complete(lease);
              return lease;
            });
    switch (answer) {
      case Applied<?> applied -> recordCompletion(lease);
      case Refused<?> refusal -> completionRefused.add(lease.task().taskId());
    }
  }

  private void completeAll(List<LeasedTask> tasks) {
    List<TaskLease> leases = tasks.stream().map(LeasedTask::lease).toList();
    Answer<List<LostLease>> answer = calls.settle("completeAll", () -> store.completeAll(leases));
    switch (answer) {
      case Applied<List<LostLease>>(List<LostLease> lost) -> {
        Set<TaskLease> lostLeases = lost.stream().map(LostLease::lease).collect(Collectors.toSet());
        for (TaskLease lease : leases) {
          if (lostLeases.contains(lease)) {
            completionRefused.add(lease.task().taskId());
          } else {
            recordCompletion(lease);
          }
        }
      }
      case Refused<?> refusal ->
          leases.forEach(lease -> completionRefused.add(lease.task().taskId()));
    }
  }

  private void recordCompletion(TaskLease lease) {
    if (completed.putIfAbsent(lease.task().taskId(), System.nanoTime()) != null) {
      ledger.found(Verdict.REPEATED, lease.task() + " was completed with two leases");
    }
  }

  private void release(TaskLease lease) {
    calls.settle(
        "release",
        () -> {
          store.release(lease);
          return lease;
        });
  }

  private void fail(TaskLease lease) {
    if (calls.settle("fail", () -> store.fail(lease, FAILURE)) instanceof Applied<TaskFate> fate
        && fate.result() != TaskFate.RETRIED) {
      ledger.found(Verdict.WRONG_OUTCOME, lease.task() + " became a dead letter");
    }
  }

  @Override
  public void audit(Ledger audited) {
    drain();
    for (long id : enqueued) {
      if (!completed.containsKey(id)) {
        audited.found(
            completionRefused.contains(id) ? Verdict.WRONG_OUTCOME : Verdict.LOST,
            "task " + id + " was enqueued, is not in the queue, and no completion was reported");
      }
    }
  }

  /** Completes what is left; leases of lost replies must expire first. */
  private void drain() {
    long end = System.nanoTime() + LEASE.multipliedBy(4).toNanos();
    while (System.nanoTime() < end) {
      List<LeasedTask> tasks = poll("auditor");
      tasks.forEach(task -> complete(task.lease()));
      if (tasks.isEmpty()) {
        if (enqueued.stream().allMatch(completed::containsKey)) {
          return;
        }
        LockSupport.parkNanos(LEASE.dividedBy(20).toNanos());
      }
    }
  }

  @Override
  public String scope() {
    return enqueued.size() + " tasks";
  }
}
