delete from workflow_signals
where namespace_id = :namespace_id
limit :limit
