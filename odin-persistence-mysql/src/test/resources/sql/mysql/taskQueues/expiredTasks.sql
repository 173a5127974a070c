select task_queue_name, task_queue_type, task_id
from task_queues
where (
  namespace_id = :namespace_id
  and expiry_at <= utc_timestamp(6)
  and (
    leased_until is null
    or leased_until <= sysdate(6)
  )
)
order by expiry_at
limit :limit
for update skip locked
