select count(*) as found
from namespaces as n
  cross join lateral (
    select namespace_id, workflow_id, run_id
    from visibility_records
    where (
      namespace_id = n.namespace_id
      and workflow_state = 'running'
      and deleted_at is null
    )
    fetch next 100 rows only
  ) as r
  join workflow_executions as e
    on (
      e.namespace_id = r.namespace_id
      and e.workflow_id = r.workflow_id
      and e.run_id = r.run_id
    )
where e.workflow_state <> 'running'
