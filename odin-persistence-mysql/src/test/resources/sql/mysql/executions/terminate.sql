update workflow_executions
set
  workflow_state = :workflow_state,
  completion_event_id = :completion_event_id,
  completed_at = :completed_at,
  next_event_id = (next_event_id + :event_count),
  history_size_bytes = (history_size_bytes + :history_bytes),
  last_updated_at = sysdate(6),
  version = (version + 1)
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and workflow_state = 'running'
)
