INSERT INTO task_completions (namespace_id, lease_id, lease_end)
VALUES (:namespace_id, :lease_id, :lease_end) AS new
ON DUPLICATE KEY UPDATE task_completions.namespace_id = task_completions.namespace_id
