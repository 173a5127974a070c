package io.odin.persistence.task;

import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;

/**
 * The key of a queue. Queues need not be created; one exists while it holds tasks.
 *
 * @param namespace the tenant
 * @param name unique within namespace and type
 * @param type the type of its tasks
 */
public record TaskQueue(NamespaceId namespace, String name, TaskType type) {

  /** Checks every field. */
  public TaskQueue {
    Require.nonNull("namespace", namespace);
    Require.id("taskQueueName", name);
    Require.nonNull("taskQueueType", type);
  }

  @Override
  public String toString() {
    return type.value() + " queue " + name + " of " + namespace;
  }
}
