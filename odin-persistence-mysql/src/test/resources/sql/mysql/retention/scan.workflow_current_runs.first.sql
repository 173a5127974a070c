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
order by namespace_id asc, workflow_id asc
limit :limit
