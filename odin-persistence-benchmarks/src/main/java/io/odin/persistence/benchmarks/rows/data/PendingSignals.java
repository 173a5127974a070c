package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.harness.Database;
import java.sql.SQLException;

/** A pending signal for each leased task, to the run that the commit of that task changes. */
public final class PendingSignals {

  private PendingSignals() {}

  public static void make(Database database) throws SQLException {
    database.execute(
        "CREATE TABLE bench_signaled AS SELECT worker, used_up_to AS up_to FROM bench_leased");
    refill(database);
  }

  /** Gives each leased task that has come since its signal. */
  public static void refill(Database database) throws SQLException {
    database.execute(
        """
        INSERT INTO workflow_signals (namespace_id, workflow_id, run_id, signal_id, signal_name, signal_input,
                                      signal_sequence)
        SELECT e.namespace_id, e.workflow_id, e.run_id, concat('signal-', m.n), 'expedite', '{}', m.n
          FROM (SELECT l.worker, g.up_to + s.n AS n
                  FROM bench_leased l
                  JOIN bench_signaled g ON g.worker = l.worker
                  JOIN %s ON g.up_to + s.n <= l.made_up_to) AS m
          JOIN workflow_executions e
            ON e.namespace_id = %s
           AND e.workflow_id = concat('order-', m.worker * %d + mod(m.n - m.worker * %d - 1, %3$d))
        """
            .formatted(
                database.engine().series(1, LeasedTasks.EACH_WORKER),
                Sample.namespace(database),
                Runs.EACH_WORKER,
                LeasedTasks.RANGE),
        "UPDATE bench_signaled SET up_to = (SELECT l.made_up_to FROM bench_leased l WHERE l.worker"
            + " = bench_signaled.worker)");
  }

  public static String id(long task) {
    return "signal-" + task;
  }
}
