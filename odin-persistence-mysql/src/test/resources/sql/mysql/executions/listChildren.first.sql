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
  and parent_workflow_id = :parent_workflow_id
  and parent_run_id = :parent_run_id
)
order by
  initiated_id asc,
  workflow_id asc,
  run_id asc
limit :limit
