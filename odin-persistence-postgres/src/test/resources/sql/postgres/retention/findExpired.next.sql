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
        and namespace_id = :after_namespace_id
        and (completed_at is null) = false
        and completed_at <= statement_timestamp() - interval '1 microsecond' * (n.retention_days * 86400000000)
        and (completed_at, workflow_id, run_id) > (
          :after_completed_at,
          :after_workflow_id,
          :after_run_id
        )
      )
      order by namespace_id, completed_at, workflow_id, run_id
      fetch next :limit rows only
    ) as e
  where (
    n.retention_days > 0
    and n.namespace_id = :after_namespace_id
  )
  union all
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
        and completed_at <= statement_timestamp() - interval '1 microsecond' * (n.retention_days * 86400000000)
      )
      order by namespace_id, completed_at, workflow_id, run_id
      fetch next :limit rows only
    ) as e
  where (
    n.retention_days > 0
    and n.namespace_id > :after_namespace_id
  )
) as r
order by namespace_id, completed_at, workflow_id, run_id
fetch next :limit rows only
