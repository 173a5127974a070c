package io.odin.persistence.task;

import io.odin.persistence.internal.Require;

/**
 * The key of a task.
 *
 * @param queue the queue
 * @param taskId unique within the queue; 0 or more if the caller chose it, below 0 if the store
 *     generated it
 */
public record TaskKey(TaskQueue queue, long taskId) {

  /** Refuses null. */
  public TaskKey {
    Require.nonNull("queue", queue);
  }

  @Override
  public String toString() {
    return "task " + taskId + " in " + queue;
  }
}
