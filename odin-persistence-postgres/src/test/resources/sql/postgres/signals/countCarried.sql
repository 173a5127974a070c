update workflow_executions
set
  signal_sequence = (signal_sequence + (
    select count(*)
    from workflow_signals
    where (
      namespace_id = :namespace_id
      and workflow_id = :workflow_id
      and run_id = :run_id
      and not (processed)
    )
  ))
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :next_run_id
)
