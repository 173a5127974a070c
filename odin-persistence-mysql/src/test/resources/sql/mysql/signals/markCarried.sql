update workflow_signals
set
  processed = true
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and not (processed)
)
