update workflow_current_runs
set
  run_id = :run_id,
  workflow_state = :workflow_state,
  start_request_id = :start_request_id,
  started_at = :started_at
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :previous_run_id
  and workflow_state <> 'running'
)
