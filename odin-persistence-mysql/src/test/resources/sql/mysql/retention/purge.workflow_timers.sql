delete from workflow_timers
where namespace_id = :namespace_id
limit :limit
