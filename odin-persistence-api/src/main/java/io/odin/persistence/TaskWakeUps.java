package io.odin.persistence;

/** Which writes wake those that wait on a {@link io.odin.persistence.task.TaskSubscription}. */
public enum TaskWakeUps {
  /** Those of the same {@link Persistence}. Costs nothing. */
  WITHIN_PERSISTENCE,
  /**
   * Those of all processes that use the database with this setting as well. A message goes out
   * after the write, in the background; it may be lost. Uses one more connection to listen, and one
   * of the pool for each message. Needs {@link
   * io.odin.persistence.value.Capability#TASK_WAKE_UPS_ACROSS_PROCESSES}.
   */
  ACROSS_PROCESSES
}
