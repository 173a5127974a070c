select
  workflow_id,
  run_id,
  task_data,
  task_bytes,
  priority
from task_queues
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
  and task_id = :task_id
)
