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
      and (completed_at, workflow_id, run_id) > (
        case
          when n.namespace_id = :after_namespace_id then :after_completed_at
          else :before_all
        end,
        :after_workflow_id,
        :after_run_id
      )
    )
    order by completed_at, workflow_id, run_id
    limit :limit
  ) as e
where (
  n.retention_days > 0
  and n.namespace_id >= :after_namespace_id
)
order by n.namespace_id, e.completed_at, e.workflow_id, e.run_id
limit :limit
