package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.engine.Engine;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.value.Json;
import java.sql.SQLException;
import java.util.UUID;

/** Tasks, as rows of the tables and as the API's records. */
public final class Queue {

  private Queue() {}

  /** Adds ready tasks to the activities. */
  public static void fill(Database database, long count) throws SQLException {
    Engine engine = database.engine();
    long last =
        database.number(
            """
            SELECT COALESCE(max(task_id), 0)
              FROM task_queues
             WHERE namespace_id = %s AND task_queue_name = '%s' AND task_queue_type = '%s'
            """
                .formatted(
                    Sample.namespace(database),
                    Sample.ACTIVITIES.name(),
                    Sample.ACTIVITIES.type().value()));
    database.execute(
        """
        INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id,
                                 task_data, scheduled_at, partition_hash)
        SELECT %s, '%s', '%s', n, concat('order-', n), %s, '%s', %s, mod(n * 1103515245, 2147483647)
          FROM %s
        """
            .formatted(
                Sample.namespace(database),
                Sample.ACTIVITIES.name(),
                Sample.ACTIVITIES.type().value(),
                engine.randomUuid(),
                Sample.TASK_DATA,
                engine.clock(),
                engine.series(last + 1, last + count)));
  }

  /** Leases all tasks to a worker that never returns them. */
  public static void leaseAll(Database database) throws SQLException {
    database.execute(
        """
        UPDATE task_queues
           SET lease_id = %s, leased_until = %s + interval '1' day, attempt_count = 1
        """
            .formatted(database.engine().randomUuid(), database.engine().clock()),
        """
        INSERT INTO task_queue_leases (namespace_id, task_queue_name, task_queue_type, task_id, lease_id,
                                       worker_identity, lease_expires_at)
        SELECT namespace_id, task_queue_name, task_queue_type, task_id, lease_id, 'someone', leased_until
          FROM task_queues
        """);
  }

  /** A new activity task of some run. */
  public static NewTask newTask(long number) {
    return NewTask.of(
        Sample.ACTIVITIES,
        new RunKey(Sample.NAMESPACE, "order-" + number, new UUID(0x018f00000000L << 16, number)),
        Json.of(Sample.TASK_DATA));
  }
}
