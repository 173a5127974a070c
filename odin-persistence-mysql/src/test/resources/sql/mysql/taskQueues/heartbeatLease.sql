update task_queue_leases
set
  lease_expires_at = (
    select leased_until
    from task_queues
    where (
      namespace_id = :namespace_id
      and task_queue_name = :task_queue_name
      and task_queue_type = :task_queue_type
      and task_id = :task_id
    )
  ),
  heartbeat_at = sysdate(6)
where (
  namespace_id = :namespace_id
  and task_queue_name = :task_queue_name
  and task_queue_type = :task_queue_type
  and task_id = :task_id
  and lease_id = :lease_id
)
