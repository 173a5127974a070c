update task_queues
set
  leased_until = greatest(
    leased_until,
    sysdate(6) + interval :lease_microseconds microsecond
  )
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
  and task_id = :task_id
  and lease_id = :lease_id
  and leased_until > sysdate(6)
)
