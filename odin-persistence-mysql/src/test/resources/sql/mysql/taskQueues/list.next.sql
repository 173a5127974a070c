select task_queue_name, task_queue_type
from (
  select task_queue_name, task_queue_type
  from task_queues
  where namespace_id = :namespace_id
  union
  select task_queue_name, task_queue_type
  from task_dead_letters
  where namespace_id = :namespace_id
) as names
where (
  task_queue_name > :after_task_queue_name
  or (
    task_queue_name = :after_task_queue_name
    and task_queue_type < :after_task_queue_type
  )
)
order by task_queue_name asc, task_queue_type desc
limit :limit
