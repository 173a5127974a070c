select
  n.namespace_name,
  n.retention_days,
  min(e.completed_at) as oldest,
  utc_timestamp(6) as database_now
from namespaces as n
  cross join history_shards as s
  cross join lateral (
    select completed_at
    from workflow_executions
    where (
      shard_id = s.shard_id
      and namespace_id = n.namespace_id
      and completed_at <= utc_timestamp(6) - interval (n.retention_days * 86400000000) microsecond
    )
    order by completed_at
    limit 1
  ) as e
where n.retention_days > 0
group by n.namespace_name, n.retention_days
