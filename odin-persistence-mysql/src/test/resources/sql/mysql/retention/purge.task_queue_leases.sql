delete from task_queue_leases
where namespace_id = :namespace_id
limit :limit
