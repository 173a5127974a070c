select
  task_id,
  workflow_id,
  run_id,
  case
    when json_storage_size(task_data) <= :row_bytes then task_data
  end as task_data,
  case
    when octet_length(task_bytes) <= :row_bytes then task_bytes
  end as task_bytes,
  attempt_count,
  reason,
  dead_at,
  greatest(
    coalesce(
      json_storage_size(task_data),
      0
    ),
    coalesce(
      octet_length(task_bytes),
      0
    )
  ) as largest_payload
from task_dead_letters
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
)
order by task_id asc
limit :limit
