SELECT
    task_queue_name,
    task_queue_type,
    COUNT(*) FILTER (WHERE available_at <= NOW() AND (expiry_at IS NULL OR expiry_at > NOW())) AS ready,
    COUNT(*) FILTER (WHERE available_at > NOW() AND leased_until IS NULL) AS delayed,
    COUNT(*) FILTER (WHERE leased_until > NOW()) AS leased,
    COUNT(*) FILTER (WHERE expiry_at <= NOW()) AS expired,
    NOW() - MIN(available_at) FILTER (WHERE available_at <= NOW()) AS oldest_ready_waits
FROM task_queues
GROUP BY task_queue_name, task_queue_type
ORDER BY ready DESC
