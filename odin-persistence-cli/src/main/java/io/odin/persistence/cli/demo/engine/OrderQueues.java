package io.odin.persistence.cli.demo.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderKind;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.Task;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskType;
import java.util.stream.Stream;

/**
 * The three task queues of the demo, and the data of their tasks.
 *
 * @param workflow the queue of workflow tasks
 * @param activity the queue of activity tasks
 * @param messages the outbox: messages from one workflow to another. One queue is enough here,
 *     because one process owns all shards of the demo; otherwise each shard has its own
 */
public record OrderQueues(TaskQueue workflow, TaskQueue activity, TaskQueue messages) {

  static final String NAME = "order-processing";

  /** The queues in a namespace. */
  public static OrderQueues of(NamespaceId namespace) {
    return new OrderQueues(
        new TaskQueue(namespace, NAME, TaskType.WORKFLOW),
        new TaskQueue(namespace, NAME, TaskType.ACTIVITY),
        new TaskQueue(namespace, "messages", TaskType.ACTIVITY));
  }

  /** The data of an activity task. */
  public record ActivityTask(String activity, OrderKind kind) {}

  NewTask workflowTask(RunKey run) {
    return NewTask.of(workflow, run, DemoJson.write(DemoJson.object()));
  }

  NewTask message(RunKey run, JsonNode data) {
    return NewTask.of(messages, run, DemoJson.write(data));
  }

  NewTask activityTask(RunKey run, ActivityTask activityTask) {
    return NewTask.builder(
            activity,
            run,
            DemoJson.write(
                DemoJson.object()
                    .put("activity", activityTask.activity())
                    .put("kind", activityTask.kind().name())))
        .priority(
            activityTask.activity().equals(Order.RELEASE_STOCK) ? 1 : NewTask.DEFAULT_PRIORITY)
        .build();
  }

  /** The number of tasks in all states. */
  public long tasks(TaskQueueStore store) {
    return Stream.of(workflow, activity, messages)
        .map(store::depth)
        .mapToLong(depth -> depth.ready() + depth.delayed() + depth.leased() + depth.dead())
        .sum();
  }

  static ActivityTask read(Task task) {
    return read(DemoJson.read(task.data()));
  }

  static ActivityTask read(JsonNode data) {
    return new ActivityTask(
        data.required("activity").asText(), OrderKind.valueOf(data.required("kind").asText()));
  }
}
