package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * Workflow tasks in the hands of the workers, so that a commit can complete one without polling it
 * first. Each worker uses up numbers of its own, which say what task and lease are called.
 */
final class LeasedTasks {

  /** How many each worker has after a refill. */
  static final int EACH_WORKER = 3_000;

  static final long RANGE = 1_000_000_000;
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private LeasedTasks() {}

  static void make(Database database, int workers) throws SQLException {
    database.execute(
        "CREATE TABLE bench_leased (worker bigint PRIMARY KEY, used_up_to bigint, made_up_to"
            + " bigint)",
        "INSERT INTO bench_leased SELECT n, n * %1$d, n * %1$d FROM generate_series(0::bigint, %2$d) AS n"
            .formatted(RANGE, workers - 1));
    refill(database);
  }

  /** Gives each worker as many as it has used up. */
  static void refill(Database database) throws SQLException {
    database.execute(
        """
        UPDATE bench_leased b
           SET used_up_to = COALESCE((SELECT min(t.task_id) - 1
                                        FROM task_queues t
                                       WHERE t.namespace_id = '%s'
                                         AND t.task_queue_name = '%s'
                                         AND t.task_queue_type = '%s'
                                         AND t.task_id > b.worker * %d
                                         AND t.task_id <= b.made_up_to), b.made_up_to)
        """
            .formatted(
                Sample.NAMESPACE, Sample.WORKFLOWS.name(), Sample.WORKFLOWS.type().value(), RANGE),
        """
        WITH leased AS (
            INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id,
                                     run_id, task_data, attempt_count, lease_id, leased_until)
            SELECT '%s', '%s', '%s', n, 'order-1', gen_random_uuid(), '{}', 1,
                   ('%s' || lpad(to_hex(n), 12, '0'))::uuid, '%s'
              FROM bench_leased b
             CROSS JOIN LATERAL generate_series(b.made_up_to + 1, b.used_up_to + %d) AS n
            RETURNING *
        ), leases AS (
            INSERT INTO task_queue_leases (namespace_id, task_queue_name, task_queue_type, task_id, lease_id,
                                           worker_identity, lease_expires_at)
            SELECT namespace_id, task_queue_name, task_queue_type, task_id, lease_id, 'bench', leased_until
              FROM leased
        )
        UPDATE bench_leased SET made_up_to = used_up_to + %6$d
        """
            .formatted(
                Sample.NAMESPACE,
                Sample.WORKFLOWS.name(),
                Sample.WORKFLOWS.type().value(),
                leaseId(0).toString().substring(0, 24),
                FAR,
                EACH_WORKER));
  }

  /** Which task a worker completes next. Used by one thread. */
  static final class Cursor {
    private long last;

    Cursor(int worker) {
      last = worker * RANGE;
    }

    long next() {
      return ++last;
    }
  }

  static UUID leaseId(long taskId) {
    return new UUID(0x018f_0000_0001_7000L, 0x8000_0000_0000_0000L | taskId);
  }

  static TaskLease lease(long taskId) {
    return new TaskLease(new TaskKey(Sample.WORKFLOWS, taskId), leaseId(taskId), "bench", 1, FAR);
  }
}
