select
  e.namespace_id,
  e.workflow_id,
  e.run_id,
  e.workflow_type,
  e.workflow_state,
  e.version,
  e.started_at,
  e.completed_at,
  e.start_request_id,
  e.parent_workflow_id,
  e.parent_run_id,
  e.initiated_id,
  e.next_event_id
from workflow_current_runs as c
  join workflow_executions as e
    on (
      e.namespace_id = c.namespace_id
      and e.workflow_id = c.workflow_id
      and e.run_id = c.run_id
    )
where (
  c.namespace_id = :namespace_id
  and c.workflow_id = :workflow_id
)
