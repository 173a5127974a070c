delete from workflow_tags
where namespace_id = :namespace_id
limit :limit
