package io.odin.persistence.postgres;

import java.time.Instant;
import java.util.UUID;

/** Many runs to find some among. */
final class VisibilityData {

  /** The tenant that owns them. */
  static final UUID NAMESPACE = UUID.fromString("01a00000-0000-7000-8000-000000000002");

  /** The number of a run that is neither among the first nor among the last. */
  static final int MIDDLE = 10_000;

  private static final Instant LATEST = Instant.parse("2026-02-01T00:00:00Z");

  private VisibilityData() {}

  /** When the run of that number was started: the higher, the earlier. */
  static Instant start(int number) {
    return LATEST.minusSeconds(number);
  }

  /**
   * So many runs: 10 types, 20 queues, one in 100 open, one in 10 failed, 20 to a customer, 500
   * children to a parent, 2 to a workflow id; one in 10 has a tag that 100 share.
   */
  static void add(PostgresTckDatabase database, int runs) {
    database.execute(
        """
        INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                        start_time, execution_time, close_time, search_attributes,
                                        parent_workflow_id, parent_run_id)
        SELECT '%1$s', 'order-' || n %% (%2$d / 2), run, 'Type' || n %% 10, 'queue-' || n %% 20,
               CASE WHEN n %% 100 = 0 THEN 'running' WHEN n %% 10 = 1 THEN 'failed' ELSE 'completed' END,
               start, start, CASE WHEN n %% 100 <> 0 THEN start + interval '1 minute' END,
               jsonb_build_object('CustomerId', 'c-' || n %% (%2$d / 20), 'Amount', n %% 1000),
               CASE WHEN n %% 5 = 0 THEN 'parent-' || n / 2500 END, CASE WHEN n %% 5 = 0 THEN run END
        FROM (SELECT n, ('01c00000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid AS run,
                     timestamptz '%3$s' - n * interval '1 second' AS start
              FROM generate_series(1, %2$d) n) AS runs\
        """
            .formatted(NAMESPACE, runs, LATEST),
        """
        INSERT INTO workflow_tags (namespace_id, workflow_id, run_id, tag_key, tag_value)
        SELECT namespace_id, workflow_id, run_id, 'team', 'team-' || (row_number() OVER ()) %% (%d / 1000)
        FROM visibility_records WHERE namespace_id = '%s' AND workflow_type = 'Type3'\
        """
            .formatted(runs, NAMESPACE));
  }
}
