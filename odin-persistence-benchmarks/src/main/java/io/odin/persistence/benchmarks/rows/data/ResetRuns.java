package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.run.RunKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Open runs with long histories, each of which is reset again and again. */
public final class ResetRuns {

  /** How many workflows a worker resets in turn. */
  private static final int EACH_WORKER = 10;

  private ResetRuns() {}

  /** Makes runs with that number of events, without timers. */
  public static void make(Database database, int workers, int events) throws SQLException {
    Runs.make(database, workers);
    String workflows =
        IntStream.range(0, workers)
            .mapToObj(ResetRuns::numbers)
            .flatMapToLong(numbers -> numbers)
            .mapToObj(number -> "'" + Runs.key(number).workflowId() + "'")
            .collect(Collectors.joining(", "));
    database.execute(
        "DELETE FROM workflow_timers",
        """
        INSERT INTO history_events (namespace_id, workflow_id, run_id, event_id, event_type, event_data)
        SELECT e.namespace_id, e.workflow_id, e.run_id, s.n, '%s', '%s'
          FROM workflow_executions e CROSS JOIN %s
         WHERE e.workflow_id IN (%s)
        """
            .formatted(
                Sample.EVENT_TYPE,
                Sample.EVENT_DATA,
                database.engine().series(1, events),
                workflows),
        "UPDATE workflow_executions SET next_event_id = %d WHERE workflow_id IN (%s)"
            .formatted(events + 1, workflows),
        "CREATE TABLE bench_resets AS SELECT 0 AS runs");
    database.settle();
  }

  private static LongStream numbers(int worker) {
    long first = (long) worker * Runs.EACH_WORKER;
    return LongStream.range(first, first + EACH_WORKER);
  }

  /**
   * Counts the runs that were reset, and deletes them, so that the tables do not grow. By the whole
   * key: by the run id alone, an index is searched many times for each run.
   */
  public static void trim(Database database) throws SQLException {
    database.execute(
        """
        UPDATE bench_resets
           SET runs = runs + (SELECT count(*) FROM workflow_executions WHERE workflow_state = 'terminated')
        """,
        """
        DELETE FROM history_events
         WHERE EXISTS (SELECT 1
                         FROM workflow_executions e
                        WHERE e.namespace_id = history_events.namespace_id
                          AND e.workflow_id = history_events.workflow_id
                          AND e.run_id = history_events.run_id
                          AND e.workflow_state = 'terminated')
        """,
        "DELETE FROM workflow_executions WHERE workflow_state = 'terminated'");
  }

  public static void verify(Database database, long done) throws SQLException {
    database.expect(done, "SELECT runs FROM bench_resets");
    database.expect(
        0,
        """
        SELECT count(*)
          FROM workflow_executions e
          LEFT JOIN (SELECT run_id, count(*) AS events FROM history_events GROUP BY run_id) h
            ON h.run_id = e.run_id
         WHERE e.next_event_id - 1 <> coalesce(h.events, 0)
        """);
  }

  /** Where a worker is with its runs. Used by one thread. */
  public static final class Cursor {
    private final List<RunKey> current;
    private int at = -1;

    public Cursor(int worker) {
      current =
          numbers(worker).mapToObj(Runs::key).collect(Collectors.toCollection(ArrayList::new));
    }

    /** The run that is reset next. */
    public RunKey base() {
      at = (at + 1) % EACH_WORKER;
      return current.get(at);
    }

    /** The run that takes its place. */
    public RunKey next() {
      RunKey base = current.get(at);
      RunKey next = RunKey.create(base.namespace(), base.workflowId());
      current.set(at, next);
      return next;
    }
  }
}
