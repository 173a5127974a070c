delete from task_queues
where namespace_id = :namespace_id
limit :limit
