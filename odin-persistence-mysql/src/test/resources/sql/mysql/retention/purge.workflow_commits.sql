delete from workflow_commits
where namespace_id = :namespace_id
limit :limit
