package io.odin.persistence.tck.database;

import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The functions that a database offers to SQL clients. Each call opens a new connection.
 * Thread-safe.
 */
public interface SqlFunctions {

  /** Calls calculate_shard_id for each workflow id; the result is in the same order. */
  List<Integer> shardsOf(List<String> workflowIds, int shardCount);

  /** Calls get_next_task once; empty if it returns no row. */
  Optional<SqlTask> nextTask(TaskQueue queue, String worker, Duration leaseFor);

  /**
   * Calls get_next_task on one connection until it returns no row.
   *
   * @return the returned tasks, in order
   */
  List<SqlTask> drain(TaskQueue queue, String worker, Duration leaseFor);

  /** Calls cleanup_expired_tasks, which covers all namespaces, and returns its result. */
  int cleanupExpiredTasks();

  /** Calls cleanup_expired_leases, which covers all namespaces, and returns its result. */
  int cleanupExpiredLeases();

  /**
   * A row of get_next_task.
   *
   * @param task the key of the task
   * @param workflowId the workflow id of the run it belongs to
   * @param runId the run it belongs to
   * @param leaseId the lease that the caller now holds
   */
  record SqlTask(TaskKey task, String workflowId, UUID runId, UUID leaseId) {}
}
