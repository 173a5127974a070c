select
  namespace_id,
  retention_days,
  completed_at,
  workflow_id,
  run_id
from (
  select
    n.namespace_id,
    n.retention_days,
    completed_at,
    workflow_id,
    run_id
  from namespaces as n
    cross join lateral (
      select completed_at, workflow_id, run_id
      from workflow_executions
      where (
        shard_id = :shard_id
        and namespace_id = n.namespace_id
        and (completed_at is null) = false
        and completed_at <= utc_timestamp(6) - interval (n.retention_days * 86400000000) microsecond
      )
      order by namespace_id, completed_at, workflow_id, run_id
      limit :limit
    ) as e
  where n.retention_days > 0
) as r
order by namespace_id, completed_at, workflow_id, run_id
limit :limit
