update workflow_executions
set
  workflow_state = :workflow_state,
  execution_state = :execution_state,
  last_processed_event_id = :last_processed_event_id,
  completion_event_id = :completion_event_id,
  memo = :memo,
  search_attributes = :search_attributes,
  auto_reset_points = :auto_reset_points,
  completed_at = :completed_at,
  next_event_id = (next_event_id + :event_count),
  history_size_bytes = (history_size_bytes + :history_bytes),
  last_updated_at = clock_timestamp(),
  version = (version + 1)
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and version = :expected_version
  and workflow_state = 'running'
  and signal_sequence <= :signals_seen
  and workflow_type = :shown_type
  and task_queue = :shown_queue
  and started_at = :shown_start
)
