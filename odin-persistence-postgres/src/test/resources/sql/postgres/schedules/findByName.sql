select
  namespace_id,
  schedule_id,
  schedule_name,
  created_by,
  paused,
  pause_note,
  next_run_at,
  last_run_at,
  last_run_result,
  remaining_actions,
  requested_times,
  regular_run_at,
  version,
  created_at,
  workflow_type,
  task_queue,
  cron_expression,
  interval_seconds,
  time_zone,
  workflow_input,
  workflow_timeout_seconds,
  retry_policy,
  memo,
  search_attributes,
  overlap_policy,
  catch_up_window_seconds,
  jitter_seconds,
  maximum_actions,
  start_at,
  end_at
from workflow_schedules
where (
  namespace_id = :namespace_id
  and schedule_name = :schedule_name
)
