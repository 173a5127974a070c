select run_id, signal_sequence
from workflow_signals
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and signal_id = :signal_id
)
order by run_id desc
limit 1
