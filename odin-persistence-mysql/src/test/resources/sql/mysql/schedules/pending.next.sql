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
  and (
    scheduled_at > :after_scheduled_at
    or (
      scheduled_at = :after_scheduled_at
      and schedule_id > :after_schedule_id
    )
  )
)
order by scheduled_at asc, schedule_id asc
limit :limit
