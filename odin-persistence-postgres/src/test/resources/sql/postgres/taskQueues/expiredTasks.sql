select task_queue_name, task_queue_type, task_id
from task_queues
where (
  namespace_id = :namespace_id
  and expiry_at <= statement_timestamp()
  and (
    leased_until is null
    or leased_until <= clock_timestamp()
  )
)
order by expiry_at
fetch next :limit rows only
for update skip locked
