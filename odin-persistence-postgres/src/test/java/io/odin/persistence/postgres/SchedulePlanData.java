package io.odin.persistence.postgres;

import io.odin.persistence.Json;
import io.odin.persistence.sql.Binds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Schedules enough for a bad plan to show. */
final class SchedulePlanData {

  /**
   * 100,000 schedules, a fifth of them due; each tenth is paused, and of those due the first 1,000
   * are leased. 100,000 records of 1,000 schedules, one in 50 of them pending.
   */
  private static final String[] SCHEDULES = {
    """
    INSERT INTO workflow_schedules (namespace_id, schedule_id, schedule_name, workflow_type, task_queue, interval_seconds,
                                    paused, next_run_at, last_run_at, lease_id, lease_owner, leased_until)
    SELECT '%1$s', run_of(n), 'schedule-' || n, 'OrderWorkflow', 'orders', 3600,
           n %% 10 = 0, now() + (n - 20000) * interval '1 second', '2026-01-01',
           CASE WHEN n < 1112 AND n %% 10 > 0 THEN '%2$s'::uuid END,
           CASE WHEN n < 1112 AND n %% 10 > 0 THEN 'scheduler-a' END,
           CASE WHEN n < 1112 AND n %% 10 > 0 THEN now() + interval '1 day' END
    FROM generate_series(1, 100000) n\
    """
        .formatted(PlanData.NAMESPACE, PlanData.LEASE),
    """
    INSERT INTO schedule_execution_history (namespace_id, schedule_id, workflow_id, run_id, scheduled_at, result)
    SELECT '%s', run_of(n %% 1000), 'order-' || n, run_of(n), '2026-01-01'::timestamptz + n * interval '1 minute',
           CASE WHEN n %% 50 > 0 THEN 'completed' END
    FROM generate_series(1, 100000) n\
    """
        .formatted(PlanData.NAMESPACE),
  };

  private SchedulePlanData() {}

  static void add(PostgresTckDatabase database) {
    database.execute(SCHEDULES);
  }

  /** A value for each parameter of every statement, about the leased schedule 2. */
  static Binds binds() {
    Instant due = Instant.parse("2026-01-01T00:00:00Z").plus(50_002, ChronoUnit.MINUTES);
    Json data = Json.of("{\"attempt\": 1}");
    UUID schedule = PlanData.run(2);
    return PlanData.binds()
        .and("schedule_id", schedule)
        .and("schedule_name", "schedule-2")
        .and("cron_expression", null)
        .and("interval_seconds", 60L)
        .and("time_zone", "UTC")
        .and("workflow_input", data)
        .and("overlap_policy", "skip")
        .and("catch_up_window_seconds", 3600L)
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
