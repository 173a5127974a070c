delete from workflow_executions
where namespace_id = :namespace_id
limit :limit
