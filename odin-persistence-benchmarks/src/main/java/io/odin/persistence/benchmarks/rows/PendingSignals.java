package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.harness.Database;
import java.sql.SQLException;

/** A pending signal for each leased task, to the run that the commit of that task changes. */
final class PendingSignals {

  private PendingSignals() {}

  static void make(Database database) throws SQLException {
    database.execute(
        "CREATE TABLE bench_signaled AS SELECT worker, used_up_to AS up_to FROM bench_leased");
    refill(database);
  }

  /** Gives each leased task that has come since its signal. */
  static void refill(Database database) throws SQLException {
    database.execute(
        """
        INSERT INTO workflow_signals (namespace_id, workflow_id, run_id, signal_id, signal_name, signal_input,
                                      signal_sequence)
        SELECT e.namespace_id, e.workflow_id, e.run_id, 'signal-' || n, 'expedite', '{}', n
          FROM bench_leased l
          JOIN bench_signaled s ON s.worker = l.worker
         CROSS JOIN LATERAL generate_series(s.up_to + 1, l.made_up_to) AS n
          JOIN workflow_executions e
            ON e.namespace_id = '%s'
           AND e.workflow_id = 'order-' || l.worker * %d + (n - l.worker * %d - 1) %% %2$d
        """
            .formatted(Sample.NAMESPACE, Runs.EACH_WORKER, LeasedTasks.RANGE),
        "UPDATE bench_signaled s SET up_to = l.made_up_to FROM bench_leased l WHERE l.worker ="
            + " s.worker");
  }

  static String id(long task) {
    return "signal-" + task;
  }
}
