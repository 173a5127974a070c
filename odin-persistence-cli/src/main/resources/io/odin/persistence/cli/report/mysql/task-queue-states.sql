SELECT
    task_queue_name,
    task_queue_type,
    COUNT(CASE WHEN available_at <= UTC_TIMESTAMP(6)
                AND (expiry_at IS NULL OR expiry_at > UTC_TIMESTAMP(6)) THEN 1 END) AS ready,
    COUNT(CASE WHEN available_at > UTC_TIMESTAMP(6) AND leased_until IS NULL THEN 1 END) AS `delayed`,
    COUNT(CASE WHEN leased_until > UTC_TIMESTAMP(6) THEN 1 END) AS leased,
    COUNT(CASE WHEN expiry_at <= UTC_TIMESTAMP(6) THEN 1 END) AS expired,
    TIMEDIFF(UTC_TIMESTAMP(6), MIN(CASE WHEN available_at <= UTC_TIMESTAMP(6) THEN available_at END)) AS oldest_ready_waits
FROM task_queues
GROUP BY task_queue_name, task_queue_type
ORDER BY ready DESC
