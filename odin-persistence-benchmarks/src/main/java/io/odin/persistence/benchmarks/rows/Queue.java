package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Json;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.task.NewTask;
import java.sql.SQLException;
import java.util.UUID;

/** Tasks, as rows of the tables and as the API's records. */
final class Queue {

  private Queue() {}

  /** Adds ready tasks to the activities. */
  static void fill(Database database, long count) throws SQLException {
    database.execute(
        """
        INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, workflow_id, run_id,
                                 task_data, scheduled_at, partition_hash)
        SELECT '%s', '%s', '%s', 'order-' || i, gen_random_uuid(), '%s', clock_timestamp(),
               (random() * 2147483647)::integer
          FROM generate_series(1, %d) AS i
        """
            .formatted(
                Sample.NAMESPACE,
                Sample.ACTIVITIES.name(),
                Sample.ACTIVITIES.type().value(),
                Sample.TASK_DATA,
                count));
  }

  /** Lets the first tasks of the activities be in the hands of someone who never returns them. */
  static void leaseFirst(Database database, long count) throws SQLException {
    database.execute(
        """
        WITH leased AS (
            UPDATE task_queues
               SET lease_id = gen_random_uuid(), leased_until = clock_timestamp() + interval '1 day',
                   attempt_count = 1
             WHERE ctid IN (SELECT ctid FROM task_queues ORDER BY scheduled_at, task_id LIMIT %d)
            RETURNING *)
        INSERT INTO task_queue_leases (namespace_id, task_queue_name, task_queue_type, task_id, lease_id,
                                       worker_identity, lease_expires_at)
        SELECT namespace_id, task_queue_name, task_queue_type, task_id, lease_id, 'someone', leased_until
          FROM leased
        """
            .formatted(count));
  }

  /** A new activity task of some run. */
  static NewTask newTask(long number) {
    return NewTask.of(
        Sample.ACTIVITIES,
        new RunKey(Sample.NAMESPACE, "order-" + number, new UUID(0x018f00000000L << 16, number)),
        Json.of(Sample.TASK_DATA));
  }
}
