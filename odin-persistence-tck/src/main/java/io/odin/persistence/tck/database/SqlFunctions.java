package io.odin.persistence.tck.database;

import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The functions that a database offers to those who speak SQL, called as they would call them. Each
 * call takes a connection of its own. Thread-safe.
 */
public interface SqlFunctions {

  /** What calculate_shard_id says of each workflow id, in their order. */
  List<Integer> shardsOf(List<String> workflowIds, int shardCount);

  /** get_next_task, called once; empty if it returned no row. */
  Optional<SqlTask> nextTask(TaskQueue queue, String worker, Duration leaseFor);

  /**
   * get_next_task, called again and again on one connection until it returns no row.
   *
   * @return what it returned, in order
   */
  List<SqlTask> drain(TaskQueue queue, String worker, Duration leaseFor);

  /** What cleanup_expired_tasks returns; it works on all namespaces. */
  int cleanupExpiredTasks();

  /** What cleanup_expired_leases returns; it works on all namespaces. */
  int cleanupExpiredLeases();

  /**
   * A row of get_next_task.
   *
   * @param task which task
   * @param workflowId the workflow id of the run it belongs to
   * @param runId the run it belongs to
   * @param leaseId the lease that the caller holds now
   */
  record SqlTask(TaskKey task, String workflowId, UUID runId, UUID leaseId) {}
}
