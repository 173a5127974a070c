select
  version,
  workflow_state,
  next_event_id,
  signal_sequence,
  workflow_type,
  task_queue,
  started_at,
  completed_at
from workflow_executions
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
