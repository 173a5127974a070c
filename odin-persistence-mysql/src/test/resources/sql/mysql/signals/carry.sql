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
  :next_run_id,
  signal_id,
  signal_name,
  signal_input,
  signal_bytes,
  (:received_before + row_number() over (order by signal_sequence)),
  received_at
from workflow_signals
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and not (processed)
  and signal_id not in (
    select signal_id
    from workflow_signals
    where (
      namespace_id = :namespace_id
      and workflow_id = :workflow_id
      and run_id = :next_run_id
    )
  )
)
