select
  task_id,
  workflow_id,
  run_id,
  task_data,
  attempt_count,
  reason,
  dead_at
from task_dead_letters
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
  and task_id > :after_task_id
)
order by task_id asc
limit :limit
