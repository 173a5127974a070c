update workflow_current_runs
set
  workflow_state = :workflow_state
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
