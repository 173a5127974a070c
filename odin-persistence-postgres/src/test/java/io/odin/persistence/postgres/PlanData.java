package io.odin.persistence.postgres;

import io.odin.persistence.Bytes;
import io.odin.persistence.Json;
import io.odin.persistence.sql.Binds;
import java.time.Instant;
import java.util.UUID;

/** A database that is large enough for a bad plan to show. */
final class PlanData {

  /** The tenant that owns the data. */
  static final UUID NAMESPACE = UUID.fromString("01a00000-0000-7000-8000-000000000001");

  /** A tenant of 2,000 runs in one shard that retention is to delete. */
  static final UUID OTHER_NAMESPACE = UUID.fromString("01a00000-0000-7000-8000-000000000002");

  /** A lease of the tasks in flight. */
  static final UUID LEASE = UUID.fromString("01a00000-0000-7000-8000-00000000000a");

  /**
   * Runs: 20,000 workflows, half of them open; one workflow of 5,001 runs, one run of 20,000 events
   * and as many signals, one of 3,000 children.
   */
  private static final String[] RUNS = {
    """
    CREATE FUNCTION run_of(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    RETURN ('01b00000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid\
    """,
    "INSERT INTO namespaces (namespace_id, namespace_name) VALUES ('%s', 'large')"
        .formatted(NAMESPACE),
    """
    INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                     execution_state, next_event_id, shard_id, started_at, completed_at,
                                     parent_workflow_id, parent_run_id, initiated_id)
    SELECT '%s', id, run_of(n), 'OrderWorkflow', 'orders', CASE WHEN n %% 2 = 0 THEN 'running' ELSE 'completed' END,
           repeat('state', 20)::bytea, 6, calculate_shard_id(id), now() - n * interval '1 second',
           CASE WHEN n %% 2 = 0 THEN NULL ELSE now() END,
           CASE WHEN n BETWEEN 15001 AND 18000 THEN 'parent' END,
           CASE WHEN n BETWEEN 15001 AND 18000 THEN run_of(30001) END,
           CASE WHEN n BETWEEN 15001 AND 18000 THEN n END
    FROM (SELECT n, 'order-' || n AS id FROM generate_series(1, 20000) n) AS runs\
    """
        .formatted(NAMESPACE),
    """
    INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                     shard_id, started_at, completed_at)
    SELECT '%1$s'::uuid, 'often', run_of(20000 + n), 'OrderWorkflow', 'orders', 'completed', calculate_shard_id('often'),
           now() - n * interval '1 minute', now()
    FROM generate_series(1, 5000) n
    UNION ALL
    SELECT '%1$s'::uuid, id, run_of(n), 'OrderWorkflow', 'orders', 'running', calculate_shard_id(id), now(), NULL
    FROM (VALUES ('often', 30000), ('parent', 30001), ('long', 30002)) AS r (id, n)\
    """
        .formatted(NAMESPACE),
    "INSERT INTO namespaces (namespace_id, namespace_name) VALUES ('%s', 'expired')"
        .formatted(OTHER_NAMESPACE),
    """
    INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, workflow_state,
                                     shard_id, started_at, completed_at)
    SELECT '%s', 'expired-' || n, run_of(n), 'OrderWorkflow', 'orders', 'completed', 342, '2020-01-01T00:00:00Z',
           '2020-01-01T00:00:00Z'::timestamptz + n * interval '1 second'
    FROM generate_series(1, 2000) n\
    """
        .formatted(OTHER_NAMESPACE),
    """
    INSERT INTO workflow_current_runs (namespace_id, workflow_id, run_id, workflow_state)
    SELECT DISTINCT ON (workflow_id) namespace_id, workflow_id, run_id, workflow_state
    FROM workflow_executions ORDER BY workflow_id, started_at DESC\
    """,
    """
    INSERT INTO history_events (namespace_id, workflow_id, run_id, event_id, event_type, event_timestamp, event_data)
    SELECT '%1$s'::uuid, 'order-' || n, run_of(n), e, 'ActivityTaskScheduled', now(), '{"attempt": 1}'::jsonb
    FROM generate_series(1, 8000) n CROSS JOIN generate_series(1, 5) e
    UNION ALL
    SELECT '%1$s'::uuid, 'long', run_of(30002), e, 'ActivityTaskScheduled', now(), '{"attempt": 1}'::jsonb
    FROM generate_series(1, 20000) e\
    """
        .formatted(NAMESPACE),
    """
    INSERT INTO workflow_timers (namespace_id, workflow_id, run_id, timer_id, fire_at, shard_id)
    SELECT '%s', 'order-' || n, run_of(n), 'timer-' || t,
           now() + (n %% 100 - 50) * interval '1 minute', calculate_shard_id('order-' || n)
    FROM generate_series(1, 20000) n CROSS JOIN generate_series(1, 2) t\
    """
        .formatted(NAMESPACE),
    """
    INSERT INTO workflow_commits (namespace_id, commit_id, content_hash, shard_id, committed_at)
    SELECT '%s', run_of(n), '\\x00', 1, now() - (50000 - n) * interval '1 second' FROM generate_series(1, 50000) n\
    """
        .formatted(NAMESPACE),
    """
    INSERT INTO workflow_signals (namespace_id, workflow_id, run_id, signal_id, signal_name, processed, signal_sequence)
    SELECT '%1$s'::uuid, 'order-' || n, run_of(n), 'signal-' || s, 'cancel', s = 1, s
    FROM generate_series(1, 20000) n CROSS JOIN generate_series(1, 2) s
    UNION ALL
    SELECT '%1$s'::uuid, 'long', run_of(30002), 'signal-' || s, 'cancel', s <= 10000, s
    FROM generate_series(1, 20000) s\
    """
        .formatted(NAMESPACE),
    """
    INSERT INTO workflow_query_results (namespace_id, workflow_id, run_id, query_id, query_name, expires_at)
    SELECT '%s', 'order-' || n, run_of(n), run_of(q), 'status', now() + (n - 1000) * interval '1 minute'
    FROM generate_series(1, 20000) n CROSS JOIN generate_series(1, 2) q\
    """
        .formatted(NAMESPACE),
    """
    INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, start_time, deleted_at)
    SELECT '%s', 'order-' || n, run_of(n), 'OrderWorkflow', 'orders', now() - n * interval '1 second',
           CASE WHEN n > 15000 THEN now() - interval '2 years' END
    FROM generate_series(1, 20000) n\
    """
        .formatted(NAMESPACE),
    """
    INSERT INTO workflow_tags (namespace_id, workflow_id, run_id, tag_key, tag_value)
    SELECT '%s', 'order-' || n, run_of(n), key, 'value' FROM generate_series(1, 20000) n, unnest('{b,c}'::text[]) key\
    """
        .formatted(NAMESPACE),
    "UPDATE history_shards SET owner_identity = 'engine-a', fence_token = 7,"
        + " shard_owner_lease_expiry = now() + interval '1 day'",
    "UPDATE shard_fences SET fence_token = 7",
  };

  private PlanData() {}

  static void addRuns(PostgresTckDatabase database) {
    database.execute(RUNS);
  }

  /** Tasks that are ready, with these ids, the oldest first. */
  static void addTasks(PostgresTckDatabase database, int first, int last) {
    database.execute(
        """
        INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id,
                                 scheduled_at, partition_hash, priority, expiry_at)
        SELECT '%s', 'orders', 'workflow', n, 'order-' || n %% 20000, '%s',
               now() - interval '1 day' + n * interval '1 millisecond', hashint4(n) & 2147483647,
               CASE WHEN n %% 50 = 0 THEN 5 WHEN n %% 20 = 0 THEN 2 ELSE 3 END,
               CASE WHEN n %% 100 = 0 THEN now() + interval '1 day' END
        FROM generate_series(%d, %d) n\
        """
            .formatted(NAMESPACE, LEASE, first, last));
  }

  /** Leases the tasks with these ids, and delays as many more of the highest priority. */
  static void leaseTasks(PostgresTckDatabase database, int first, int last) {
    database.execute(
        """
        WITH leased AS (
          UPDATE task_queues SET lease_id = '%1$s', leased_until = now() + interval '1 day', attempt_count = 1
          WHERE task_id BETWEEN %2$d AND %3$d RETURNING *)
        INSERT INTO task_queue_leases (namespace_id, task_queue_name, task_queue_type, task_id, lease_id,
                                       worker_identity, lease_expires_at)
        SELECT namespace_id, task_queue_name, task_queue_type, task_id, lease_id, 'worker-a', leased_until
        FROM leased\
        """
            .formatted(LEASE, first, last),
        """
        INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id,
                                 scheduled_at, priority)
        SELECT '%1$s'::uuid, 'orders', 'workflow', 1000000000 + n, 'order-' || n, '%2$s', now() + interval '1 day', 1
        FROM generate_series(%3$d, %4$d) n\
        """
            .formatted(NAMESPACE, LEASE, first, last),
        """
        INSERT INTO task_completions (namespace_id, lease_id, completed_at)
        SELECT '%s', run_of(n), now() - (50000 - n) * interval '1 second' FROM generate_series(1, 50000) n\
        """
            .formatted(NAMESPACE),
        """
        INSERT INTO task_dead_letters (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id)
        SELECT '%s', 'orders', 'workflow', n, 'order-' || n, '%s' FROM generate_series(500001, 505000) n\
        """
            .formatted(NAMESPACE, LEASE));
  }

  static UUID run(int number) {
    return UUID.fromString("01b00000-0000-7000-8000-%012d".formatted(number));
  }

  /**
   * The values for a statement: an answer is stored so many microseconds from now, where a run ends
   * at an instant.
   */
  static Binds bindsOf(String statement) {
    if (statement.startsWith("schedules.")) {
      return SchedulePlanData.binds();
    }
    Binds binds = binds();
    return statement.equals("queryResults.complete") ? binds.and("completed_at", 0L) : binds;
  }

  /** A value for each parameter of every statement, about the run order-2 and the leased task 2. */
  static Binds binds() {
    Instant now = Instant.now();
    Json data = Json.of("{\"attempt\": 1}");
    return Binds.of("namespace_id", NAMESPACE)
        .and("workflow_id", "order-2")
        .and("run_id", run(2))
        .and("previous_run_id", run(2))
        .and("workflow_type", "OrderWorkflow")
        .and("workflow_state", "completed")
        .and("task_queue", "orders")
        .and("execution_state", Bytes.copyOf(new byte[100]))
        .and("next_event_id", 6L)
        .and("first_event_id", 6L)
        .and("last_processed_event_id", 5L)
        .and("completion_event_id", 6L)
        .and("expected_version", 1L)
        .and("event_count", 1L)
        .and("history_bytes", 100L)
        .and("history_size_bytes", 100L)
        .and("workflow_timeout_seconds", 60L)
        .and("run_timeout_seconds", 60L)
        .and("task_timeout_seconds", 60L)
        .and("retry_policy", data)
        .and("cron_schedule", "")
        .and("parent_workflow_id", "parent")
        .and("parent_run_id", run(30001))
        .and("initiated_id", 1L)
        .and("memo", data)
        .and("search_attributes", data)
        .and("auto_reset_points", data)
        .and("started_at", now)
        .and("completed_at", now)
        .and("start_request_id", "request")
        .and("commit_id", run(2))
        .and("content_hash", Bytes.copyOf(new byte[32]))
        .and("event_id", 3L)
        .and("event_type", "ActivityTaskScheduled")
        .and("event_timestamp", now)
        .and("event_data", data)
        .and("version", 1L)
        .and("from", 1L)
        .and("to", 100L)
        .and("task_queue_name", "orders")
        .and("task_queue_type", "workflow")
        .and("task_id", 2L)
        .and("lease_id", LEASE)
        .and("lease_microseconds", 60_000_000L)
        .and("delay_microseconds", 0L)
        .and("worker_identity", "worker-a")
        .and("partition_from", 0)
        .and("partition_to", Integer.MAX_VALUE)
        .and("maximum", 10)
        .and("floor_1", Instant.EPOCH)
        .and("floor_2", Instant.EPOCH)
        .and("floor_3", Instant.EPOCH)
        .and("floor_4", Instant.EPOCH)
        .and("floor_5", Instant.EPOCH)
        .and("priority", 3)
        .and("partition_hash", 5)
        .and("scheduled_at", 0L)
        .and("expiry_at", 1_000_000L)
        .and("task_data", data)
        .and("reason", "broken")
        .and("timer_id", "timer-1")
        .and("status", "text")
        .and("start_time", now)
        .and("execution_time", now)
        .and("close_time", now)
        .and("history_length", 5L)
        .and("execution_duration_ms", 5L)
        .and("state_transition_count", 5L)
        .and("deleted_at", null)
        .and("tag_key", "a")
        .and("tag_value", "b")
        .and("attribute_name", "CustomerId")
        .and("attribute_type", "Keyword")
        .and("fire_at", now)
        .and("timer_data", data)
        .and("until", now)
        .and("signals_seen", 2L)
        .and("signal_id", "signal-2")
        .and("signal_name", "cancel")
        .and("signal_input", data)
        .and("processed", true)
        .and("query_id", run(2))
        .and("query_name", "status")
        .and("query_input", data)
        .and("query_result", data)
        .and("query_error", "")
        .and("execution_version", 1L)
        .and("expires_at", 1_000_000L)
        .and("after_signal_sequence", 1L)
        .and("shard_id", 342)
        .and("owner_identity", "engine-a")
        .and("fence_token", 7L)
        .and("time_to_live", 60_000_000L)
        .and("age_microseconds", 365L * 24 * 3600 * 1_000_000)
        .and("namespace_name", "another")
        .and("description", "text")
        .and("owner_id", "owner")
        .and("retention_days", 30L)
        .and("history_archival_enabled", true)
        .and("visibility_archival_enabled", true)
        .and("is_global_namespace", true)
        .and("cluster_config", data)
        .and("data", data)
        .and("change_sequence", 5L)
        .and("limit", 11)
        .and("after_shard_id", 342L)
        .and("after_namespace_id", NAMESPACE)
        .and("after_workflow_id", "order-2")
        .and("after_run_id", run(2))
        .and("after_started_at", now)
        .and("after_initiated_id", 15_500L)
        .and("after_event_id", 3L)
        .and("after_task_id", 500_100L)
        .and("after_task_queue_name", "a")
        .and("after_task_queue_type", "workflow")
        .and("after_namespace_name", "a")
        .and("after_fire_at", now.minusSeconds(1800))
        .and("after_completed_at", now.minusSeconds(3600))
        .and("before_all", Instant.EPOCH)
        .and("skipped", 0L)
        .and("archive_checksum", Bytes.copyOf(new byte[32]))
        .and("after_timer_id", "timer-1");
  }
}
