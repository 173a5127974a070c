select
  n.namespace_id,
  n.retention_days,
  e.completed_at,
  e.workflow_id,
  e.run_id
from namespaces as n
  cross join lateral (
    select completed_at, workflow_id, run_id
    from workflow_executions
    where (
      shard_id = :shard_id
      and namespace_id = n.namespace_id
      and completed_at <= utc_timestamp(6) - interval (n.retention_days * 86400000000) microsecond
    )
    order by completed_at, workflow_id, run_id
    limit :limit
  ) as e
where n.retention_days > 0
order by n.namespace_id, e.completed_at, e.workflow_id, e.run_id
limit :limit
