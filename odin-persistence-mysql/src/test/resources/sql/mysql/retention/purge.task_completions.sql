delete from task_completions
where namespace_id = :namespace_id
limit :limit
