INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, version, deleted_at)
VALUES (:namespace_id, :workflow_id, :run_id, :workflow_type, :task_queue, :version, UTC_TIMESTAMP(6) + INTERVAL :deleted_at MICROSECOND) AS new
ON DUPLICATE KEY UPDATE visibility_records.namespace_id = visibility_records.namespace_id
