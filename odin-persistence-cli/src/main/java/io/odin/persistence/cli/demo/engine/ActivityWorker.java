package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.cli.demo.load.Shop;
import io.odin.persistence.cli.demo.load.Shop.Outcome;
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

/** Takes activity tasks, performs them in the {@link Shop} and reports what came of them. */
public final class ActivityWorker {

  private static final Duration LEASE = Duration.ofSeconds(4);
  private static final Duration HANGS_FOR = LEASE.plusMillis(500);
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration RETRY_DELAY = Duration.ofMillis(100);
  private static final int MAXIMUM_ATTEMPTS = 3;
  private static final int BATCH = 8;

  private final Floor floor;
  private final Engine engine;
  private final Shop shop;
  private final TaskQueueStore store;
  private final PollRequest request;

  public ActivityWorker(Floor floor, Engine engine, Shop shop, String name) {
    this.floor = floor;
    this.engine = engine;
    this.shop = shop;
    store = floor.persistence().taskQueues();
    request = PollRequest.of(floor.queues().activity(), name, LEASE, BATCH);
  }

  /** One shift: takes what there is, up to a batch, and works on it. */
  public void work() {
    List<LeasedTask> tasks = store.poll(request);
    long leasedAt = System.nanoTime();
    if (tasks.isEmpty()) {
      floor.activityBell().await(IDLE);
    }
    for (LeasedTask task : tasks) {
      try {
        TaskLease lease = task.lease();
        if (System.nanoTime() - leasedAt > LEASE.toNanos() / 2) {
          lease = heartbeat(lease);
        }
        perform(task.task(), lease);
      } catch (LeaseLostException e) {
        // Too slow: another worker has the task by now, or will have it.
        floor.tally().add(Count.LATE_WORKERS_REFUSED);
      }
    }
  }

  private void perform(Task task, TaskLease lease) {
    switch (shop.perform(task.run().workflowId(), Queues.read(task), lease.attempt())) {
      case Outcome.Done() -> engine.recordActivity(task, lease);
      case Outcome.DoneSlowly() -> engine.recordActivity(task, heartbeat(lease));
      case Outcome.DoneAndHung() ->
          floor.errands().after(HANGS_FOR, () -> comeBackLate(task, lease));
      case Outcome.Refused(String reason) -> fail(lease, reason);
    }
  }

  private TaskLease heartbeat(TaskLease lease) {
    floor.tally().add(Count.HEARTBEATS);
    return store.heartbeat(lease, LEASE);
  }

  private void fail(TaskLease lease, String reason) {
    TaskFate fate = store.fail(lease, new TaskFailure(reason, RETRY_DELAY, MAXIMUM_ATTEMPTS));
    switch (fate) {
      case RETRIED -> floor.tally().add(Count.ATTEMPTS_FAILED);
      case DEAD -> {
        floor.tally().add(Count.DEAD_LETTERS);
        floor.deskBell().ring();
      }
    }
  }

  /** The worker knows nothing of the time that has passed, and reports as if all were well. */
  private void comeBackLate(Task task, TaskLease lease) {
    try {
      engine.recordActivity(task, lease);
      throw new IllegalStateException(
          "a commit went through under a lease that ended long before: " + lease.task());
    } catch (LeaseLostException e) {
      floor.tally().add(Count.LATE_WORKERS_REFUSED);
    }
  }
}
