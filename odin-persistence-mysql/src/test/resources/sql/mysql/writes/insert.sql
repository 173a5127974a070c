INSERT INTO applied_writes (namespace_id, write_id, content_hash)
VALUES (:namespace_id, :write_id, :content_hash) AS new
ON DUPLICATE KEY UPDATE applied_writes.namespace_id = applied_writes.namespace_id
