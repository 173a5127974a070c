update task_queues
set
  lease_id = null,
  leased_until = null
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
  and task_id = :task_id
  and lease_id = :lease_id
  and (
    leased_until is null
    or leased_until <= sysdate(6)
  )
)
