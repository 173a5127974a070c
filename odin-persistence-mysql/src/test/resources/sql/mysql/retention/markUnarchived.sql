update workflow_executions
set
  archived_at = sysdate(6)
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and archived_at is null
)
