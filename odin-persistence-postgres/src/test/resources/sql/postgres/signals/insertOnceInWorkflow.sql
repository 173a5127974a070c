insert into workflow_signals (
  namespace_id,
  workflow_id,
  run_id,
  signal_id,
  signal_name,
  signal_input,
  signal_bytes,
  signal_sequence,
  received_at
)
select
  namespace_id,
  workflow_id,
  run_id,
  :signal_id,
  :signal_name,
  :signal_input,
  :signal_bytes,
  signal_sequence,
  clock_timestamp()
from workflow_executions
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
  and not exists (
    select 1 as one
    from workflow_signals
    where (
      namespace_id = :namespace_id
      and workflow_id = :workflow_id
      and signal_id = :signal_id
    )
  )
)
