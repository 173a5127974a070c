select run_id
from workflow_executions
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and exists (
    select 1 as one
    from namespaces
    where (
      namespace_id = :namespace_id
      and status <> 'deleted'
    )
  )
)
for share
