-- The SQL statements of the first edition of Schemas/README.md, with values in the place of '...'. The page must go on printing
-- them. Not here: the two "CREATE TABLE history_events (...)", which no server takes; optional/partitioning_*.sql stand for them.

SELECT calculate_shard_id('order-12345', 512);

SELECT * FROM get_next_task(
    'f47ac10b-58cc-4372-a567-0e02b2c3d479'::UUID,
    'order-processing',
    'workflow',
    'worker-001',
    60
);

SELECT cleanup_expired_tasks();

SELECT cleanup_expired_leases();

UPDATE namespaces
SET retention_days = 90
WHERE namespace_name = 'production';

ALTER TABLE task_queues SET (autovacuum_vacuum_scale_factor = 0.05);

ALTER TABLE task_queue_leases SET (autovacuum_vacuum_scale_factor = 0.05);

SELECT
    owner_identity,
    COUNT(*) AS shard_count,
    MIN(shard_owner_lease_expiry) AS earliest_expiry,
    MAX(shard_owner_lease_expiry) AS latest_expiry
FROM history_shards
WHERE owner_identity IS NOT NULL
GROUP BY owner_identity;

SELECT
    n.namespace_name,
    we.workflow_state,
    COUNT(*) AS count
FROM workflow_executions we
JOIN namespaces n ON we.namespace_id = n.namespace_id
GROUP BY n.namespace_name, we.workflow_state
ORDER BY n.namespace_name, we.workflow_state;

SELECT
    n.namespace_name,
    tq.task_queue_name,
    tq.task_queue_type,
    COUNT(*) AS pending_tasks,
    MIN(tq.scheduled_at) AS oldest_task
FROM task_queues tq
JOIN namespaces n ON tq.namespace_id = n.namespace_id
LEFT JOIN task_queue_leases tql ON
    tq.namespace_id = tql.namespace_id AND
    tq.task_queue_name = tql.task_queue_name AND
    tq.task_queue_type = tql.task_queue_type AND
    tq.task_id = tql.task_id AND
    tql.lease_expires_at > NOW()
WHERE tql.lease_id IS NULL
  AND (tq.expiry_at IS NULL OR tq.expiry_at > NOW())
GROUP BY n.namespace_name, tq.task_queue_name, tq.task_queue_type
ORDER BY pending_tasks DESC;

SELECT
    COUNT(*) AS expired_lease_count,
    MIN(lease_expires_at) AS oldest_expiry
FROM task_queue_leases
WHERE lease_expires_at < NOW();

CREATE ROLE odin_app WITH LOGIN PASSWORD 'secure_password';

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO odin_app;

CREATE ROLE odin_readonly WITH LOGIN PASSWORD 'readonly_password';

GRANT SELECT ON visibility_records, workflow_tags TO odin_readonly;

EXPLAIN ANALYZE
SELECT * FROM task_queues
WHERE namespace_id = 'f47ac10b-58cc-4372-a567-0e02b2c3d479'
  AND task_queue_name = 'order-processing'
  AND (expiry_at IS NULL OR expiry_at > NOW())
LIMIT 1;

VACUUM ANALYZE task_queues;

VACUUM ANALYZE task_queue_leases;
