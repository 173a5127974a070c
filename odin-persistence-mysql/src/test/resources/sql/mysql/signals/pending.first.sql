select
  signal_id,
  signal_name,
  signal_input,
  signal_sequence,
  received_at
from workflow_signals
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and not (processed)
)
order by signal_sequence asc
limit :limit
