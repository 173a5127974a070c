select
  n.namespace_name,
  n.retention_days,
  min(e.completed_at) as oldest,
  statement_timestamp() as database_now
from namespaces as n
  cross join history_shards as s
  cross join lateral (
    select completed_at
    from workflow_executions
    where (
      shard_id = s.shard_id
      and namespace_id = n.namespace_id
      and completed_at <= statement_timestamp() - interval '1 microsecond' * (n.retention_days * 86400000000)
    )
    order by completed_at
    fetch next 1 rows only
  ) as e
where n.retention_days > 0
group by n.namespace_name, n.retention_days
