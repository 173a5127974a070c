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
    tql.lease_expires_at > UTC_TIMESTAMP(6)
WHERE tql.lease_id IS NULL
  AND (tq.expiry_at IS NULL OR tq.expiry_at > UTC_TIMESTAMP(6))
GROUP BY n.namespace_name, tq.task_queue_name, tq.task_queue_type
ORDER BY pending_tasks DESC
