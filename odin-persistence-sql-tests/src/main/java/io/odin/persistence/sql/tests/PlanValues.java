package io.odin.persistence.sql.tests;

import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.NumberSet;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.IntStream;

/** Values to run any statement with on {@link PlanData}. */
public final class PlanValues {

  private PlanValues() {}

  /** The run of that number. */
  public static UUID run(int number) {
    return UUID.fromString("01b00000-0000-7000-8000-%012d".formatted(number));
  }

  /**
   * Returns the values for a statement. Completing a query takes {@code completed_at} in
   * microseconds from now, not as the instant at which a run ends; deleting events takes a range of
   * several events.
   */
  public static Binds of(String statement) {
    return switch (statement) {
      case "queryResults.complete" -> all().and("completed_at", 0L);
      case "history.copy", "history.addCopiedSize" -> all().and("run_id", run(4));
      case "retention.deleteEvents" -> all().and("first_event_id", 2L).and("next_event_id", 5L);
      default -> statement.startsWith("schedules.") ? ofSchedules() : all();
    };
  }

  /** A value for each parameter of every statement, about the run order-2 and the leased task 2. */
  public static Binds all() {
    Instant now = Instant.now();
    Json data = Json.of("{\"attempt\": 1}");
    return allShards()
        .and("namespace_id", PlanData.NAMESPACE)
        .and("workflow_id", "order-2")
        .and("run_id", run(2))
        .and("previous_run_id", run(2))
        .and("base_run_id", run(2))
        .and("base_event_id", 5L)
        .and("next_run_id", run(3))
        .and("received_before", 0L)
        .and("signal_sequence", 1L)
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
        .and("shown_type", "OrderWorkflow")
        .and("shown_queue", "orders")
        .and("shown_start", now)
        .and("completed_at", now)
        .and("start_request_id", "request")
        .and("commit_id", run(2))
        .and("write_id", run(2))
        .and("lease_end", "retried")
        .and("content_hash", Bytes.copyOf(new byte[32]))
        .and("event_id", 3L)
        .and("event_type", "ActivityTaskScheduled")
        .and("event_timestamp", now)
        .and("event_data", data)
        .and("event_bytes", null)
        .and("version", 1L)
        .and("from", 1L)
        .and("to", 100L)
        .and("task_queue_name", "orders")
        .and("task_queue_type", "workflow")
        .and("task_id", 2L)
        .and("lease_id", PlanData.LEASE)
        .and("lease_microseconds", 60_000_000L)
        .and("leased_at", 0L)
        .and("heartbeat_at", 0L)
        .and("lease_expires_at", now.plusSeconds(60))
        .and("attempt_count", 1)
        .and("delay_microseconds", 0L)
        .and("worker_identity", "worker-a")
        .and("partition_from", 0)
        .and("partition_to", Integer.MAX_VALUE)
        .and("maximum", 10)
        .and("maximum_large", 4)
        .and("row_bytes", 100_000L)
        .and("watermark_1", Instant.EPOCH)
        .and("watermark_2", Instant.EPOCH)
        .and("watermark_3", Instant.EPOCH)
        .and("watermark_4", Instant.EPOCH)
        .and("watermark_5", Instant.EPOCH)
        .and("priority", 3)
        .and("partition_hash", 5)
        .and("queue_number", 0)
        .and("scheduled_at", 0L)
        .and("expiry_at", 1_000_000L)
        .and("task_data", data)
        .and("task_bytes", null)
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
        .and("timer_bytes", null)
        .and("until", now)
        .and("signals_seen", 2L)
        .and("signal_id", "signal-2")
        .and("signal_name", "cancel")
        .and("signal_input", data)
        .and("signal_bytes", null)
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
        .and("shard_owner_lease_expiry", 60_000_000L)
        .and("last_heartbeat", 0L)
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
        .and("after_namespace_id", PlanData.NAMESPACE)
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
        .and("skipped", 0L)
        .and("archive_checksum", Bytes.copyOf(new byte[32]))
        .and("after_timer_id", "timer-1");
  }

  /** All shards, for a statement over several. */
  private static Binds allShards() {
    return new NumberSet("shard_ids").bind(Binds.none(), IntStream.range(0, 512).boxed().toList());
  }

  /** A value for each parameter of every statement, about the leased schedule 2. */
  private static Binds ofSchedules() {
    Instant due = Instant.parse("2026-01-01T00:00:00Z").plus(50_002, ChronoUnit.MINUTES);
    Json data = Json.of("{\"attempt\": 1}");
    UUID schedule = run(2);
    return all()
        .and("schedule_id", schedule)
        .and("schedule_name", "schedule-2")
        .and("cron_expression", null)
        .and("interval_seconds", 60L)
        .and("time_zone", "UTC")
        .and("workflow_input", data)
        .and("overlap_policy", "skip")
        .and("catch_up_window_seconds", 3600L)
        .and("jitter_seconds", 0L)
        .and("maximum_actions", null)
        .and("remaining_actions", null)
        .and("actions", 1L)
        .and("requested_times", Json.of("[]"))
        .and("regular_run_at", due)
        .and("start_at", due)
        .and("end_at", due.plusSeconds(1))
        .and("created_by", "ada")
        .and("created_at", due)
        .and("next_run_at", due)
        .and("pause_note", "why")
        .and("lease_owner", "scheduler-a")
        .and("leased_until", due)
        .and("execution_id", PlanData.LEASE)
        .and("scheduled_at", due)
        .and("started_at", 0L)
        .and("completed_at", 0L)
        .and("result", "completed")
        .and("last_run_result", "completed")
        .and("error_message", "")
        .and("keep", 10)
        .and("after_schedule_name", "schedule-2")
        .and("after_scheduled_at", due)
        .and("after_schedule_id", schedule);
  }
}
