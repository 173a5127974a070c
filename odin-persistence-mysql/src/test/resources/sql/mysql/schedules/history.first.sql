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
  and schedule_id = :schedule_id
)
order by scheduled_at desc
limit :limit
