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
  shard_id = :shard_id
  and (
    shard_id,
    namespace_id,
    workflow_id,
    run_id
  ) > (
    :after_shard_id,
    :after_namespace_id,
    :after_workflow_id,
    :after_run_id
  )
)
order by
  shard_id asc,
  namespace_id asc,
  workflow_id asc,
  run_id asc
fetch next :limit rows only
