package io.odin.persistence.sql.tests;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Statements that fill a database until a bad plan shows, in SQL that all databases speak with the
 * help of a few functions, which each makes for itself: {@code id_of(text)} and {@code run_of(n)}
 * are ids, {@code instant_of(seconds)} and {@code seconds_from_now(seconds)} are times, {@code
 * bytes_of(text)} and {@code json_of(text)} are what their names say.
 */
public final class PlanData {

  /** The tenant that owns the data. */
  public static final UUID NAMESPACE = UUID.fromString("01a00000-0000-7000-8000-000000000001");

  /**
   * A tenant of 2,000 runs in one shard that retention is to delete, and of many runs to search.
   */
  public static final UUID SEARCHED = UUID.fromString("01a00000-0000-7000-8000-000000000002");

  /** A lease of the tasks in flight. */
  public static final UUID LEASE = UUID.fromString("01a00000-0000-7000-8000-00000000000a");

  /** The number of a run that is neither among the first nor among the last. */
  static final int MIDDLE = 10_000;

  private static final Instant LATEST = Instant.parse("2026-02-01T00:00:00Z");

  private PlanData() {}

  /** When the searched run of that number was started: the higher, the earlier. */
  static Instant start(int number) {
    return LATEST.minusSeconds(number);
  }

  /** The numbers from 1 on, which the other statements count by; no more than a million. */
  public static List<String> numbers(int count) {
    return List.of(
        "CREATE TABLE digits (d bigint PRIMARY KEY)",
        "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
        "CREATE TABLE numbers (n bigint PRIMARY KEY)",
        """
        INSERT INTO numbers
        SELECT n
        FROM (SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d + 100000 * f.d AS n
              FROM digits a, digits b, digits c, digits d, digits e, digits f) AS counted
        WHERE n <= %d
        ORDER BY n\
        """
            .formatted(count));
  }

  /**
   * Runs: 20,000 workflows, half of them open; one workflow of 5,001 runs, one run of 20,000 events
   * and as many signals, one of 3,000 children.
   */
  public static List<String> runs() {
    return List.of(
        "INSERT INTO namespaces (namespace_id, namespace_name) VALUES (id_of('%s'), 'large')"
            .formatted(NAMESPACE),
        """
        INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                         execution_state, next_event_id, shard_id, started_at, completed_at,
                                         parent_workflow_id, parent_run_id, initiated_id)
        SELECT id_of('%s'), id, run_of(n), 'OrderWorkflow', 'orders',
               CASE WHEN n %% 2 = 0 THEN 'running' ELSE 'completed' END,
               bytes_of(repeat('state', 20)), 6, calculate_shard_id(id, 512), seconds_from_now(-n),
               CASE WHEN n %% 2 = 0 THEN NULL ELSE seconds_from_now(0) END,
               CASE WHEN n BETWEEN 15001 AND 18000 THEN 'parent' END,
               CASE WHEN n BETWEEN 15001 AND 18000 THEN run_of(30001) END,
               CASE WHEN n BETWEEN 15001 AND 18000 THEN n END
        FROM (SELECT n, concat('order-', n) AS id FROM numbers WHERE n <= 20000) AS runs\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                         shard_id, started_at, completed_at)
        SELECT id_of('%s'), 'often', run_of(20000 + n), 'OrderWorkflow', 'orders', 'completed',
               calculate_shard_id('often', 512), seconds_from_now(-60 * n), seconds_from_now(0)
        FROM numbers WHERE n <= 5000\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, shard_id, started_at)
        SELECT id_of('%s'), id, run_of(n), 'OrderWorkflow', 'orders', calculate_shard_id(id, 512), seconds_from_now(0)
        FROM (SELECT 'often' AS id, 30000 AS n UNION ALL SELECT 'parent', 30001 UNION ALL SELECT 'long', 30002) AS runs\
        """
            .formatted(NAMESPACE),
        "INSERT INTO namespaces (namespace_id, namespace_name) VALUES (id_of('%s'), 'expired')"
            .formatted(SEARCHED),
        """
        INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                         shard_id, started_at, completed_at)
        SELECT id_of('%1$s'), concat('expired-', n), run_of(n), 'OrderWorkflow', 'orders', 'completed', 342,
               instant_of(%2$d), instant_of(%2$d + n)
        FROM numbers WHERE n <= 2000\
        """
            .formatted(SEARCHED, seconds("2020-01-01T00:00:00Z")),
        """
        INSERT INTO workflow_current_runs (namespace_id, workflow_id, run_id, workflow_state)
        SELECT namespace_id, workflow_id, run_id, workflow_state FROM workflow_executions
        WHERE workflow_id <> 'often' OR workflow_state = 'running'\
        """,
        """
        INSERT INTO history_events (namespace_id, workflow_id, run_id, event_id, event_type, event_timestamp, event_data)
        SELECT id_of('%s'), concat('order-', r.n), run_of(r.n), e.n, 'ActivityTaskScheduled', seconds_from_now(0),
               json_of('{"attempt": 1}')
        FROM numbers r, numbers e WHERE r.n <= 8000 AND e.n <= 5\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO history_events (namespace_id, workflow_id, run_id, event_id, event_type, event_timestamp, event_data)
        SELECT id_of('%s'), 'long', run_of(30002), n, 'ActivityTaskScheduled', seconds_from_now(0),
               json_of('{"attempt": 1}')
        FROM numbers WHERE n <= 20000\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO workflow_timers (namespace_id, workflow_id, run_id, timer_id, fire_at, shard_id)
        SELECT id_of('%s'), concat('order-', r.n), run_of(r.n), concat('timer-', t.n),
               seconds_from_now(60 * (r.n %% 100 - 50)), calculate_shard_id(concat('order-', r.n), 512)
        FROM numbers r, numbers t WHERE r.n <= 20000 AND t.n <= 2\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO workflow_commits (namespace_id, commit_id, content_hash, shard_id, committed_at)
        SELECT id_of('%s'), run_of(n), bytes_of('hash'), 1, seconds_from_now(n - 50000) FROM numbers WHERE n <= 50000\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO workflow_signals (namespace_id, workflow_id, run_id, signal_id, signal_name, processed, signal_sequence)
        SELECT id_of('%s'), concat('order-', r.n), run_of(r.n), concat('signal-', s.n), 'cancel', s.n = 1, s.n
        FROM numbers r, numbers s WHERE r.n <= 20000 AND s.n <= 2\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO workflow_signals (namespace_id, workflow_id, run_id, signal_id, signal_name, processed, signal_sequence)
        SELECT id_of('%s'), 'long', run_of(30002), concat('signal-', n), 'cancel', n <= 10000, n
        FROM numbers WHERE n <= 20000\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO workflow_query_results (namespace_id, workflow_id, run_id, query_id, query_name, expires_at)
        SELECT id_of('%s'), concat('order-', r.n), run_of(r.n), run_of(q.n), 'status', seconds_from_now(60 * (r.n - 1000))
        FROM numbers r, numbers q WHERE r.n <= 20000 AND q.n <= 2\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, start_time, deleted_at)
        SELECT id_of('%s'), concat('order-', n), run_of(n), 'OrderWorkflow', 'orders', seconds_from_now(-n),
               CASE WHEN n > 15000 THEN seconds_from_now(-2 * 365 * 86400) END
        FROM numbers WHERE n <= 20000\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO workflow_tags (namespace_id, workflow_id, run_id, tag_key, tag_value)
        SELECT id_of('%s'), concat('order-', n), run_of(n), tag, 'value'
        FROM numbers CROSS JOIN (SELECT 'b' AS tag UNION ALL SELECT 'c') AS tags WHERE n <= 20000\
        """
            .formatted(NAMESPACE),
        """
        UPDATE history_shards
        SET owner_identity = 'engine-a', fence_token = 7, shard_owner_lease_expiry = seconds_from_now(86400)\
        """,
        "UPDATE shard_fences SET fence_token = 7");
  }

  /** Tasks that are ready, with these ids, the oldest first. */
  public static List<String> tasks(int first, int last) {
    return List.of(
        """
        INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id,
                                 scheduled_at, partition_hash, priority, expiry_at)
        SELECT id_of('%s'), 'orders', 'workflow', n, concat('order-', n %% 20000), id_of('%s'),
               seconds_from_now(-86400 + n / 1000.0), n * 1000003 %% 2147483647,
               CASE WHEN n %% 50 = 0 THEN 5 WHEN n %% 20 = 0 THEN 2 ELSE 3 END,
               CASE WHEN n %% 100 = 0 THEN seconds_from_now(86400) END
        FROM numbers WHERE n BETWEEN %d AND %d\
        """
            .formatted(NAMESPACE, LEASE, first, last));
  }

  /**
   * Leases the tasks with these ids, and delays as many more of the highest priority; leases that
   * were completed, and tasks that failed too often.
   */
  public static List<String> leases(int first, int last) {
    return List.of(
        """
        UPDATE task_queues SET lease_id = id_of('%s'), leased_until = seconds_from_now(86400), attempt_count = 1
        WHERE task_id BETWEEN %d AND %d\
        """
            .formatted(LEASE, first, last),
        """
        INSERT INTO task_queue_leases (namespace_id, task_queue_name, task_queue_type, task_id, lease_id,
                                       worker_identity, lease_expires_at)
        SELECT namespace_id, task_queue_name, task_queue_type, task_id, lease_id, 'worker-a', leased_until
        FROM task_queues WHERE lease_id IS NOT NULL\
        """,
        """
        INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id,
                                 scheduled_at, priority)
        SELECT id_of('%s'), 'orders', 'workflow', 1000000000 + n, concat('order-', n), id_of('%s'),
               seconds_from_now(86400), 1
        FROM numbers WHERE n BETWEEN %d AND %d\
        """
            .formatted(NAMESPACE, LEASE, first, last),
        """
        INSERT INTO task_completions (namespace_id, lease_id, completed_at)
        SELECT id_of('%s'), run_of(n), seconds_from_now(n - 50000) FROM numbers WHERE n <= 50000\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO task_endings (namespace_id, task_queue_name, task_queue_type, task_id, ended_at)
        SELECT id_of('%s'), 'orders', 'workflow', 9000000 + n, seconds_from_now(n - 50000) FROM numbers WHERE n <= 50000\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO applied_writes (namespace_id, write_id, content_hash, applied_at)
        SELECT id_of('%s'), run_of(n), bytes_of('hash'), seconds_from_now(n - 50000) FROM numbers WHERE n <= 50000\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO task_dead_letters (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id)
        SELECT id_of('%s'), 'orders', 'workflow', 500000 + n, concat('order-', n), id_of('%s')
        FROM numbers WHERE n <= 5000\
        """
            .formatted(NAMESPACE, LEASE));
  }

  /**
   * 100,000 schedules, a fifth of them due; each tenth is paused, and of those due the first 1,000
   * are leased. 100,000 records of 1,000 schedules, one in 50 of them pending.
   */
  public static List<String> schedules() {
    long newYear = seconds("2026-01-01T00:00:00Z");
    return List.of(
        """
        INSERT INTO workflow_schedules (namespace_id, schedule_id, schedule_name, workflow_type, task_queue,
                                        interval_seconds, paused, next_run_at, last_run_at,
                                        lease_id, lease_owner, leased_until)
        SELECT id_of('%1$s'), run_of(n), concat('schedule-', n), 'OrderWorkflow', 'orders', 3600,
               n %% 10 = 0, seconds_from_now(n - 20000), instant_of(%3$d),
               CASE WHEN n < 1112 AND n %% 10 > 0 THEN id_of('%2$s') END,
               CASE WHEN n < 1112 AND n %% 10 > 0 THEN 'scheduler-a' END,
               CASE WHEN n < 1112 AND n %% 10 > 0 THEN seconds_from_now(86400) END
        FROM numbers WHERE n <= 100000\
        """
            .formatted(NAMESPACE, LEASE, newYear),
        """
        INSERT INTO schedule_execution_history (namespace_id, schedule_id, workflow_id, run_id, scheduled_at, result)
        SELECT id_of('%s'), run_of(n %% 1000), concat('order-', n), run_of(n), instant_of(%d + 60 * n),
               CASE WHEN n %% 50 > 0 THEN 'completed' END
        FROM numbers WHERE n <= 100000\
        """
            .formatted(NAMESPACE, newYear));
  }

  /**
   * {@code runs} runs to search: 10 types, 20 queues, one in 100 open, one in 10 failed, 20 to a
   * customer, 500 children to a parent, 2 to a workflow id; one in 10 has a tag that 100 share.
   */
  public static List<String> searched(int runs) {
    return List.of(
        """
        INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                        start_time, execution_time, close_time, search_attributes,
                                        parent_workflow_id, parent_run_id)
        SELECT id_of('%1$s'), concat('order-', n %% (%2$d / 2)), run_of(n), concat('Type', n %% 10),
               concat('queue-', n %% 20),
               CASE WHEN n %% 100 = 0 THEN 'running' WHEN n %% 10 = 1 THEN 'failed' ELSE 'completed' END,
               instant_of(%3$d - n), instant_of(%3$d - n), CASE WHEN n %% 100 <> 0 THEN instant_of(%3$d - n + 60) END,
               json_of(concat('{"CustomerId": "c-', n %% (%2$d / 20), '", "Amount": ', n %% 1000, '}')),
               CASE WHEN n %% 5 = 0 THEN concat('parent-', floor(n / 2500)) END, CASE WHEN n %% 5 = 0 THEN run_of(n) END
        FROM numbers WHERE n <= %2$d\
        """
            .formatted(SEARCHED, runs, LATEST.getEpochSecond()),
        """
        INSERT INTO workflow_tags (namespace_id, workflow_id, run_id, tag_key, tag_value)
        SELECT id_of('%1$s'), concat('order-', n %% (%2$d / 2)), run_of(n), 'team', concat('team-', n %% (%2$d / 100))
        FROM numbers WHERE n <= %2$d AND n %% 10 = 3\
        """
            .formatted(SEARCHED, runs));
  }

  private static long seconds(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }
}
