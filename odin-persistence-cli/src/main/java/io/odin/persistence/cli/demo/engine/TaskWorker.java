package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Polls workflow tasks, or messages between workflows, and completes them. */
public final class TaskWorker {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final int BATCH = 8;

  private final DemoContext context;
  private final PollRequest request;
  private final QueueWait wait;
  private final Consumer<LeasedTask> handler;

  private TaskWorker(
      DemoContext context, TaskQueue queue, String name, Consumer<LeasedTask> handler) {
    this.context = context;
    request = PollRequest.of(queue, name, LEASE, BATCH);
    wait = new QueueWait(context.persistence().taskQueues(), queue);
    this.handler = handler;
  }

  /** A worker with that name that completes workflow tasks. */
  public static TaskWorker ofWorkflows(DemoContext context, OrderEngine engine, String name) {
    return new TaskWorker(context, context.queues().workflow(), name, engine::completeWorkflowTask);
  }

  /** A worker with that name that delivers messages between workflows. */
  public static TaskWorker ofMessages(DemoContext context, Deliveries deliveries, String name) {
    return new TaskWorker(context, context.queues().messages(), name, deliveries::deliver);
  }

  /** One iteration: polls a batch of tasks and completes them. */
  public void work() {
    List<LeasedTask> tasks = context.persistence().taskQueues().poll(request);
    if (tasks.isEmpty()) {
      wait.await();
    }
    for (LeasedTask task : tasks) {
      try {
        handler.accept(task);
      } catch (LeaseLostException e) {
        // Too slow: another worker has leased the task, or will do so.
        context.counters().add(Count.LATE_WORKERS_REFUSED);
      }
    }
  }
}
