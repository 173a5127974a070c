package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.harness.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Closed runs that come back as they were after they have been deleted, from copies of tables. */
public final class RestoredRuns {

  private static final int EVENTS = 10;

  /** The row of the run comes last: while it is missing, the run is to be restored. */
  private static final List<Copy> COPIES =
      List.of(
          new Copy("history_events", "event_id, event_type, event_data"),
          new Copy("workflow_timers", "timer_id, fire_at, shard_id"),
          new Copy("workflow_tags", "tag_key, tag_value"),
          new Copy(
              "visibility_records",
              "workflow_type, task_queue, workflow_state, start_time, execution_time, close_time,"
                  + " memo, search_attributes, version"),
          new Copy("workflow_current_runs", "workflow_state"),
          new Copy(
              "workflow_executions",
              "workflow_type, task_queue, workflow_state, execution_state, next_event_id, memo,"
                  + " search_attributes, auto_reset_points, completed_at, shard_id"));

  private RestoredRuns() {}

  /**
   * A copy of a table.
   *
   * @param table whose
   * @param columns what is copied in addition to the key of the run
   */
  private record Copy(String table, String columns) {

    String make() {
      return "CREATE TABLE bench_%1$s AS SELECT namespace_id, workflow_id, run_id, %2$s FROM %1$s"
          .formatted(table, columns);
    }

    String restore() {
      return """
      INSERT INTO %1$s (namespace_id, workflow_id, run_id, %2$s)
      SELECT namespace_id, workflow_id, run_id, %2$s
        FROM bench_%1$s c
       WHERE NOT EXISTS (SELECT 1
                           FROM workflow_executions e
                          WHERE e.namespace_id = c.namespace_id
                            AND e.workflow_id = c.workflow_id
                            AND e.run_id = c.run_id)
      """
          .formatted(table, columns);
    }
  }

  /** Closes all runs that there are, gives them events, and copies them. */
  public static void make(Database database) throws SQLException {
    String numbers =
        IntStream.rangeClosed(1, EVENTS)
            .mapToObj(number -> "SELECT " + number + " AS n")
            .collect(Collectors.joining(" UNION ALL "));
    database.execute(
        """
        INSERT INTO history_events (namespace_id, workflow_id, run_id, event_id, event_type, event_data)
        SELECT namespace_id, workflow_id, run_id, n, '%s', '%s'
          FROM workflow_executions CROSS JOIN (%s) AS numbers
        """
            .formatted(Sample.EVENT_TYPE, Sample.EVENT_DATA, numbers),
        "UPDATE workflow_executions SET workflow_state = 'completed', completed_at = started_at",
        "UPDATE workflow_current_runs SET workflow_state = 'completed'",
        "UPDATE visibility_records SET workflow_state = 'completed', close_time = start_time");
    for (Copy copy : COPIES) {
      database.execute(copy.make());
    }
    database.execute("CREATE TABLE bench_deleted AS SELECT 0 AS runs");
    database.settle();
  }

  public static long count(Database database) throws SQLException {
    return database.number("SELECT count(*) FROM bench_workflow_executions");
  }

  /** Counts the runs that were deleted, by the tombstones that they leave, and restores them. */
  public static void restore(Database database) throws SQLException {
    database.execute(
        """
        UPDATE bench_deleted
           SET runs = runs + (SELECT count(*) FROM visibility_records WHERE deleted_at IS NOT NULL)
        """,
        "DELETE FROM visibility_records WHERE deleted_at IS NOT NULL");
    for (Copy copy : COPIES) {
      database.execute(copy.restore());
    }
  }

  public static void verify(Database database, long deleted) throws SQLException {
    database.expect(deleted, "SELECT runs FROM bench_deleted");
    database.expect(count(database), "SELECT count(*) FROM workflow_executions");
  }
}
