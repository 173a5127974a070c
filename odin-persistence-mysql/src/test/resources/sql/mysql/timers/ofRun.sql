select timer_id, fire_at, timer_data, created_at
from workflow_timers
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
order by timer_id
