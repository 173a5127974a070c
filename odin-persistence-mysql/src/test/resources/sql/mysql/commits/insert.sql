INSERT INTO workflow_commits (namespace_id, commit_id, content_hash, shard_id)
VALUES (:namespace_id, :commit_id, :content_hash, :shard_id) AS new
ON DUPLICATE KEY UPDATE workflow_commits.namespace_id = workflow_commits.namespace_id
