package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import java.time.Duration;
import java.util.List;

/** Takes workflow tasks and has the engine decide them. */
public final class WorkflowWorker {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final int BATCH = 8;

  private final Floor floor;
  private final Engine engine;
  private final String name;

  public WorkflowWorker(Floor floor, Engine engine, String name) {
    this.floor = floor;
    this.engine = engine;
    this.name = name;
  }

  /** One shift: takes what there is, up to a batch, and works on it. */
  public void work() {
    List<LeasedTask> tasks =
        floor
            .persistence()
            .taskQueues()
            .poll(PollRequest.of(floor.queues().workflow(), name, LEASE, BATCH));
    if (tasks.isEmpty()) {
      floor.workflowBell().await(IDLE);
    }
    for (LeasedTask task : tasks) {
      try {
        engine.completeWorkflowTask(task);
      } catch (LeaseLostException e) {
        // Too slow: another worker has the task by now, or will have it.
        floor.tally().add(Count.LATE_WORKERS_REFUSED);
      }
    }
  }
}
