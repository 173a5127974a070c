insert into task_endings (
  namespace_id,
  task_queue_name,
  task_queue_type,
  task_id,
  content_hash
)
select
  namespace_id,
  task_queue_name,
  task_queue_type,
  task_id,
  content_hash
from task_queues
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
  and task_id = :task_id
  and task_id >= 0
)
