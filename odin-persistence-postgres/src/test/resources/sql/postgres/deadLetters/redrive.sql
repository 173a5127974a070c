insert into task_queues (
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
  scheduled_at
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
  clock_timestamp()
from task_dead_letters
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
  and task_id = :task_id
  and exists (
    select 1 as one
    from namespaces
    where (
      namespace_id = :namespace_id
      and status <> 'deleted'
    )
  )
  and not exists (
    select 1 as one
    from task_queues
    where (
      namespace_id = :namespace_id
      and task_queue_name = :task_queue_name
      and task_queue_type = :task_queue_type
      and task_id = :task_id
    )
  )
)
