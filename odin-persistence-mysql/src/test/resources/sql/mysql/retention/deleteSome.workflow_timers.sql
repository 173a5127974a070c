delete from workflow_timers
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
limit :limit
