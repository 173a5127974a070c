package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.run.RunKey;
import java.sql.SQLException;

/** A closed run with a long history. */
public final class LargeRun {

  private LargeRun() {}

  /** Makes the run of that number; longer ones than the library lets grow are at hand too. */
  public static RunKey make(Database database, long number, int events) throws SQLException {
    RunKey run = Runs.key(number);
    String key =
        "%s, '%s', %s"
            .formatted(
                Sample.namespace(database),
                run.workflowId(),
                database.engine().uuid("'" + run.runId() + "'"));
    database.execute(
        """
        INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                         completed_at, next_event_id, shard_id)
        VALUES (%s, 'order', '%s', 'completed', CURRENT_TIMESTAMP, %d, %d)
        """
            .formatted(key, Sample.WORKFLOWS.name(), events + 1, Runs.shardOf(run.workflowId())),
        """
        INSERT INTO history_events (namespace_id, workflow_id, run_id, event_id, event_type, event_data)
        SELECT %s, n, '%s', '%s' FROM %s
        """
            .formatted(
                key, Sample.EVENT_TYPE, Sample.EVENT_DATA, database.engine().series(1, events)));
    return run;
  }
}
