select task_queue_name, task_queue_type, task_id, lease_id
from task_queue_leases
where (
  namespace_id = :namespace_id
  and lease_expires_at <= utc_timestamp(6)
)
order by task_queue_name, task_queue_type, task_id
limit :limit
