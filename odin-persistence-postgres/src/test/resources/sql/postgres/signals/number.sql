update workflow_executions
set
  signal_sequence = (signal_sequence + 1),
  last_updated_at = clock_timestamp()
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and workflow_state = 'running'
  and exists (
    select 1 as one
    from namespaces
    where (
      namespace_id = :namespace_id
      and status <> 'deleted'
    )
  )
)
