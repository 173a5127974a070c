delete from workflow_schedules
where namespace_id = :namespace_id
limit :limit
