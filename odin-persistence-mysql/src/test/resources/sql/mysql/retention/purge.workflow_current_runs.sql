delete from workflow_current_runs
where namespace_id = :namespace_id
limit :limit
