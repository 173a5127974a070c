delete from workflow_signals
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
limit :limit
