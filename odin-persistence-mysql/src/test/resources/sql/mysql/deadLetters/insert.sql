insert into task_dead_letters (
  namespace_id,
  task_queue_name,
  task_queue_type,
  task_id,
  workflow_id,
  run_id,
  priority,
  partition_hash,
  task_data,
  task_bytes,
  content_hash,
  expiry_at,
  attempt_count,
  scheduled_at,
  created_at,
  reason
)
select
  namespace_id,
  task_queue_name,
  task_queue_type,
  task_id,
  workflow_id,
  run_id,
  priority,
  partition_hash,
  task_data,
  task_bytes,
  content_hash,
  expiry_at,
  attempt_count,
  scheduled_at,
  created_at,
  :reason
from task_queues
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
  and task_id = :task_id
)
