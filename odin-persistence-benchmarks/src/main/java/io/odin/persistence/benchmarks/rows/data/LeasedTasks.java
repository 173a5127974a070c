package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.engine.Engine;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * Workflow tasks leased to the workers, so that a commit can complete one without polling it first.
 * Each worker uses up numbers of its own, which say what task and lease are called.
 */
public final class LeasedTasks {

  /** How many each worker has after a refill. */
  public static final int EACH_WORKER = 3_000;

  static final long RANGE = 1_000_000_000;
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private LeasedTasks() {}

  public static void make(Database database, int workers) throws SQLException {
    database.execute(
        "CREATE TABLE bench_leased (worker bigint PRIMARY KEY, used_up_to bigint, made_up_to"
            + " bigint)",
        "INSERT INTO bench_leased SELECT n, n * %1$d, n * %1$d FROM %2$s"
            .formatted(RANGE, database.engine().series(0, workers - 1)));
    refill(database);
  }

  /** Gives each worker as many as it has used up. */
  public static void refill(Database database) throws SQLException {
    Engine engine = database.engine();
    String missing =
        """
        SELECT b.made_up_to + s.n AS n
          FROM bench_leased b
          JOIN %s ON b.made_up_to + s.n <= b.used_up_to + %d
        """
            .formatted(engine.series(1, EACH_WORKER), EACH_WORKER);
    database.execute(
        """
        UPDATE bench_leased b
           SET used_up_to = COALESCE((SELECT min(t.task_id) - 1
                                        FROM task_queues t
                                       WHERE t.namespace_id = %s
                                         AND t.task_queue_name = '%s'
                                         AND t.task_queue_type = '%s'
                                         AND t.task_id > b.worker * %d
                                         AND t.task_id <= b.made_up_to), b.made_up_to)
        """
            .formatted(
                Sample.namespace(database),
                Sample.WORKFLOWS.name(),
                Sample.WORKFLOWS.type().value(),
                RANGE),
        """
        INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id,
                                 task_data, attempt_count, lease_id, leased_until)
        SELECT %s, '%s', '%s', m.n, 'order-1', %s, '{}', 1, %s, %s
          FROM (%s) AS m
        """
            .formatted(
                Sample.namespace(database),
                Sample.WORKFLOWS.name(),
                Sample.WORKFLOWS.type().value(),
                engine.randomUuid(),
                engine.numberedUuid(leaseId(0)),
                engine.instant(FAR),
                missing),
        """
        INSERT INTO task_queue_leases (namespace_id, task_queue_name, task_queue_type, task_id, lease_id,
                                       worker_identity, lease_expires_at)
        SELECT t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id, t.lease_id, 'bench', t.leased_until
          FROM (%s) AS m
          JOIN task_queues t
            ON t.namespace_id = %s
           AND t.task_queue_name = '%s'
           AND t.task_queue_type = '%s'
           AND t.task_id = m.n
        """
            .formatted(
                missing,
                Sample.namespace(database),
                Sample.WORKFLOWS.name(),
                Sample.WORKFLOWS.type().value()),
        "UPDATE bench_leased SET made_up_to = used_up_to + " + EACH_WORKER);
  }

  /** Which task a worker completes next. Used by one thread. */
  public static final class Cursor {
    private long last;

    public Cursor(int worker) {
      last = worker * RANGE;
    }

    public long next() {
      return ++last;
    }
  }

  public static UUID leaseId(long taskId) {
    return new UUID(0x018f_0000_0001_7000L, 0x8000_0000_0000_0000L | taskId);
  }

  public static TaskLease lease(long taskId) {
    return new TaskLease(new TaskKey(Sample.WORKFLOWS, taskId), leaseId(taskId), "bench", 1, FAR);
  }
}
