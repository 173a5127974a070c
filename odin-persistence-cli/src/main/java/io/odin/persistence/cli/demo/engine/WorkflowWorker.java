package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import java.time.Duration;
import java.util.List;

/** Polls workflow tasks and completes them with the engine. */
public final class WorkflowWorker {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final int BATCH = 8;

  private final DemoContext context;
  private final OrderEngine engine;
  private final String name;

  /** A worker with that name. */
  public WorkflowWorker(DemoContext context, OrderEngine engine, String name) {
    this.context = context;
    this.engine = engine;
    this.name = name;
  }

  /** One iteration: polls a batch of tasks and completes them. */
  public void work() {
    List<LeasedTask> tasks =
        context
            .persistence()
            .taskQueues()
            .poll(PollRequest.of(context.queues().workflow(), name, LEASE, BATCH));
    if (tasks.isEmpty()) {
      context.workflowTasks().await(IDLE);
    }
    for (LeasedTask task : tasks) {
      try {
        engine.completeWorkflowTask(task);
      } catch (LeaseLostException e) {
        // Too slow: another worker has leased the task, or will do so.
        context.counters().add(Count.LATE_WORKERS_REFUSED);
      }
    }
  }
}
