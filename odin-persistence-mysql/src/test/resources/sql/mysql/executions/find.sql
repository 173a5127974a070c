select
  namespace_id,
  workflow_id,
  run_id,
  workflow_type,
  task_queue,
  workflow_state,
  execution_state,
  next_event_id,
  last_processed_event_id,
  workflow_timeout_seconds,
  run_timeout_seconds,
  task_timeout_seconds,
  retry_policy,
  cron_schedule,
  parent_workflow_id,
  parent_run_id,
  initiated_id,
  completion_event_id,
  memo,
  search_attributes,
  auto_reset_points,
  started_at,
  completed_at,
  shard_id,
  start_request_id,
  base_run_id,
  base_event_id,
  history_size_bytes,
  signal_sequence,
  version,
  last_updated_at
from workflow_executions
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
