package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Activities.Outcome;
import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.Task;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskFate;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueueStore;
import java.time.Duration;
import java.util.List;

/** Polls activity tasks, performs them and records their outcomes. */
public final class ActivityWorker {

  private static final Duration LEASE = Duration.ofSeconds(4);
  private static final Duration HANGS_FOR = LEASE.plusMillis(500);
  private static final Duration RETRY_DELAY = Duration.ofMillis(100);
  private static final int MAXIMUM_ATTEMPTS = 3;
  private static final int BATCH = 8;

  private final DemoContext context;
  private final OrderEngine engine;
  private final Activities activities;
  private final TaskQueueStore store;
  private final PollRequest request;
  private final QueueWait wait;

  /** A worker with that name. */
  public ActivityWorker(
      DemoContext context, OrderEngine engine, Activities activities, String name) {
    this.context = context;
    this.engine = engine;
    this.activities = activities;
    store = context.persistence().taskQueues();
    request = PollRequest.of(context.queues().activity(), name, LEASE, BATCH);
    wait = new QueueWait(store, context.queues().activity());
  }

  /** One iteration: polls a batch of tasks and performs them. */
  public void work() {
    List<LeasedTask> tasks = store.poll(request);
    long leasedAt = System.nanoTime();
    if (tasks.isEmpty()) {
      wait.await();
    }
    for (LeasedTask task : tasks) {
      try {
        TaskLease lease = task.lease();
        if (System.nanoTime() - leasedAt > LEASE.toNanos() / 2) {
          lease = heartbeat(lease);
        }
        perform(task.task(), lease);
      } catch (LeaseLostException e) {
        // Too slow: another worker has leased the task, or will do so.
        context.counters().add(Count.LATE_WORKERS_REFUSED);
      }
    }
  }

  private void perform(Task task, TaskLease lease) {
    switch (activities.perform(task.run().workflowId(), OrderQueues.read(task), lease.attempt())) {
      case Outcome.Done() -> engine.recordActivity(task, lease);
      case Outcome.DoneSlowly() -> engine.recordActivity(task, heartbeat(lease));
      case Outcome.DoneAndHung() ->
          context.delayedActions().add(() -> reportLate(task, lease), HANGS_FOR);
      case Outcome.Refused(String reason) -> fail(lease, reason);
    }
  }

  private TaskLease heartbeat(TaskLease lease) {
    context.counters().add(Count.HEARTBEATS);
    return store.heartbeat(lease, LEASE);
  }

  private void fail(TaskLease lease, String reason) {
    TaskFate fate = store.fail(lease, new TaskFailure(reason, RETRY_DELAY, MAXIMUM_ATTEMPTS));
    switch (fate) {
      case RETRIED -> context.counters().add(Count.ATTEMPTS_FAILED);
      case DEAD -> {
        context.counters().add(Count.DEAD_LETTERS);
        context.deadLetters().wakeOne();
      }
    }
  }

  /** Reports after the lease has expired, as a worker does that was suspended meanwhile. */
  private void reportLate(Task task, TaskLease lease) {
    try {
      engine.recordActivity(task, lease);
      throw new IllegalStateException(
          "a commit was applied with a lease that had expired: " + lease.task());
    } catch (LeaseLostException e) {
      context.counters().add(Count.LATE_WORKERS_REFUSED);
    }
  }
}
