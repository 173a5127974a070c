delete from task_endings
where namespace_id = :namespace_id
limit :limit
