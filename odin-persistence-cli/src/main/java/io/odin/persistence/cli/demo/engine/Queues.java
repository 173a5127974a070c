package io.odin.persistence.cli.demo.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderKind;
import io.odin.persistence.cli.demo.order.Payloads;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.Task;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.task.TaskType;
import java.util.stream.Stream;

/**
 * The two queues of the demo, and what their tasks look like.
 *
 * @param workflow where workflow tasks go
 * @param activity where activity tasks go
 */
public record Queues(TaskQueue workflow, TaskQueue activity) {

  static final String NAME = "order-processing";

  public static Queues of(NamespaceId namespace) {
    return new Queues(
        new TaskQueue(namespace, NAME, TaskType.WORKFLOW),
        new TaskQueue(namespace, NAME, TaskType.ACTIVITY));
  }

  /** What an activity worker is to do. */
  public record ActivityTask(String activity, OrderKind kind) {}

  NewTask workflowTask(RunKey run) {
    return NewTask.of(workflow, run, Payloads.write(Payloads.object()));
  }

  NewTask activityTask(RunKey run, ActivityTask activityTask) {
    return NewTask.builder(
            activity,
            run,
            Payloads.write(
                Payloads.object()
                    .put("activity", activityTask.activity())
                    .put("kind", activityTask.kind().name())))
        .priority(
            activityTask.activity().equals(Order.RELEASE_STOCK) ? 1 : NewTask.DEFAULT_PRIORITY)
        .build();
  }

  /** How many tasks there are, in whatever state. */
  public long tasks(TaskQueueStore store) {
    return Stream.of(workflow, activity)
        .map(store::depth)
        .mapToLong(depth -> depth.ready() + depth.delayed() + depth.leased() + depth.dead())
        .sum();
  }

  static ActivityTask read(Task task) {
    return read(Payloads.read(task.data()));
  }

  static ActivityTask read(JsonNode data) {
    return new ActivityTask(
        data.required("activity").asText(), OrderKind.valueOf(data.required("kind").asText()));
  }
}
