INSERT INTO applied_writes (namespace_id, write_id, content_hash)
SELECT :namespace_id::uuid, :write_id::uuid, :content_hash::bytea
ON CONFLICT DO NOTHING
