update workflow_schedules
set
  workflow_type = :workflow_type,
  task_queue = :task_queue,
  cron_expression = :cron_expression,
  interval_seconds = :interval_seconds,
  time_zone = :time_zone,
  workflow_input = :workflow_input,
  workflow_timeout_seconds = :workflow_timeout_seconds,
  retry_policy = :retry_policy,
  memo = :memo,
  search_attributes = :search_attributes,
  overlap_policy = :overlap_policy,
  catch_up_window_seconds = :catch_up_window_seconds,
  jitter_seconds = :jitter_seconds,
  maximum_actions = :maximum_actions,
  start_at = :start_at,
  end_at = :end_at,
  next_run_at = :next_run_at,
  lease_id = null,
  lease_owner = null,
  leased_until = null,
  requested_times = null,
  regular_run_at = null,
  remaining_actions = :remaining_actions,
  version = (version + 1)
where (
  namespace_id = :namespace_id
  and schedule_id = :schedule_id
)
