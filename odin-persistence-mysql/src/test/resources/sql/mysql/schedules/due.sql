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
  start_at,
  end_at,
  sysdate(6) as database_now
from workflow_schedules
where (
  paused = false
  and next_run_at <= utc_timestamp(6)
  and (
    leased_until is null
    or leased_until <= sysdate(6)
  )
)
order by next_run_at, namespace_id, schedule_id
limit :limit
for update skip locked
