SELECT
    COUNT(*) AS expired_lease_count,
    MIN(lease_expires_at) AS oldest_expiry
FROM task_queue_leases
WHERE lease_expires_at < UTC_TIMESTAMP(6)
