select count(*) as dead
from task_dead_letters
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
)
