update workflow_current_runs
set
  start_request_id = (
    select start_request_id
    from workflow_executions
    where (
      namespace_id = :namespace_id
      and workflow_id = :workflow_id
      and run_id = :run_id
    )
  ),
  started_at = coalesce(
    (
      select started_at
      from workflow_executions
      where (
        namespace_id = :namespace_id
        and workflow_id = :workflow_id
        and run_id = :run_id
      )
    ),
    started_at
  )
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
