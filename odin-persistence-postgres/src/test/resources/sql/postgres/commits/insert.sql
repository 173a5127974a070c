INSERT INTO workflow_commits (namespace_id, commit_id, content_hash, shard_id)
SELECT :namespace_id::uuid, :commit_id::uuid, :content_hash::bytea, :shard_id::int4
ON CONFLICT DO NOTHING
