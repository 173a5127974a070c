select
  namespace_id,
  workflow_id,
  run_id,
  (
    select e.run_id
    from workflow_executions as e
    where (
      e.namespace_id = t.namespace_id
      and e.workflow_id = t.workflow_id
      and e.run_id = t.run_id
    )
  ) as existing_run_id
from workflow_current_runs as t
where (namespace_id, workflow_id) > (
  :after_namespace_id,
  :after_workflow_id
)
order by namespace_id asc, workflow_id asc
fetch next :limit rows only
