package io.odin.persistence.value;

/**
 * A feature that a backend may lack. A backend declares those that it has; the kit checks that it
 * refuses the others.
 */
public enum Capability {
  /**
   * The database offers {@code calculate_shard_id}, {@code get_next_task} and the other functions
   * to SQL users.
   */
  SQL_FUNCTIONS,
  /**
   * A write that adds tasks wakes subscriptions of other processes, if both are configured with
   * {@link io.odin.persistence.TaskWakeUps#ACROSS_PROCESSES}.
   */
  TASK_WAKE_UPS_ACROSS_PROCESSES
}
