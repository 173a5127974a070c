select
  namespace_id,
  schedule_id,
  scheduled_at,
  workflow_id,
  run_id,
  started_at,
  completed_at,
  result,
  error_message
from schedule_execution_history
where (
  namespace_id = :namespace_id
  and result is null
  and (scheduled_at, schedule_id) > (
    :after_scheduled_at,
    :after_schedule_id
  )
)
order by scheduled_at asc, schedule_id asc
fetch next :limit rows only
