select
  namespace_id,
  workflow_id,
  run_id,
  workflow_type,
  workflow_state,
  version,
  started_at,
  completed_at,
  start_request_id,
  parent_workflow_id,
  parent_run_id,
  initiated_id,
  base_run_id,
  base_event_id,
  shard_id
from workflow_executions
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
