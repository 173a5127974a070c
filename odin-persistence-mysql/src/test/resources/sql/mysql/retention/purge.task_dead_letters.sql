delete from task_dead_letters
where namespace_id = :namespace_id
limit :limit
