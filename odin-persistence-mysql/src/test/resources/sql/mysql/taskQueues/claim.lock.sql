(SELECT c.task_id, c.workflow_id, c.run_id,
        IF(JSON_STORAGE_SIZE(c.task_data) <= :row_bytes AND COALESCE(LENGTH(c.task_bytes), 0) <= :row_bytes,
           c.task_data, NULL) AS task_data,
        IF(LENGTH(c.task_bytes) <= :row_bytes, c.task_bytes, NULL) AS task_bytes,
        c.priority, c.scheduled_at, c.expiry_at,
        UUID_TO_BIN(UUID()) AS lease_id,
        SYSDATE(6) + INTERVAL :lease_microseconds MICROSECOND AS leased_until,
        c.attempt_count + 1 AS attempt_count
   FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
  WHERE c.namespace_id = :namespace_id
    AND c.task_queue_name = :task_queue_name
    AND c.task_queue_type = :task_queue_type
    AND c.priority = 1
    AND c.available_at >= :watermark_1
    AND c.available_at <= UTC_TIMESTAMP(6)
    AND c.partition_hash BETWEEN :partition_from AND :partition_to
    AND (c.expiry_at IS NULL OR c.expiry_at > UTC_TIMESTAMP(6))
    AND EXISTS (SELECT 1 FROM namespaces AS n
                 WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')
  ORDER BY c.available_at, c.task_id
  LIMIT :maximum
    FOR UPDATE SKIP LOCKED)
UNION ALL
(SELECT c.task_id, c.workflow_id, c.run_id,
        IF(JSON_STORAGE_SIZE(c.task_data) <= :row_bytes AND COALESCE(LENGTH(c.task_bytes), 0) <= :row_bytes,
           c.task_data, NULL) AS task_data,
        IF(LENGTH(c.task_bytes) <= :row_bytes, c.task_bytes, NULL) AS task_bytes,
        c.priority, c.scheduled_at, c.expiry_at,
        UUID_TO_BIN(UUID()) AS lease_id,
        SYSDATE(6) + INTERVAL :lease_microseconds MICROSECOND AS leased_until,
        c.attempt_count + 1 AS attempt_count
   FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
  WHERE c.namespace_id = :namespace_id
    AND c.task_queue_name = :task_queue_name
    AND c.task_queue_type = :task_queue_type
    AND c.priority = 2
    AND c.available_at >= :watermark_2
    AND c.available_at <= UTC_TIMESTAMP(6)
    AND c.partition_hash BETWEEN :partition_from AND :partition_to
    AND (c.expiry_at IS NULL OR c.expiry_at > UTC_TIMESTAMP(6))
    AND EXISTS (SELECT 1 FROM namespaces AS n
                 WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')
  ORDER BY c.available_at, c.task_id
  LIMIT :maximum
    FOR UPDATE SKIP LOCKED)
UNION ALL
(SELECT c.task_id, c.workflow_id, c.run_id,
        IF(JSON_STORAGE_SIZE(c.task_data) <= :row_bytes AND COALESCE(LENGTH(c.task_bytes), 0) <= :row_bytes,
           c.task_data, NULL) AS task_data,
        IF(LENGTH(c.task_bytes) <= :row_bytes, c.task_bytes, NULL) AS task_bytes,
        c.priority, c.scheduled_at, c.expiry_at,
        UUID_TO_BIN(UUID()) AS lease_id,
        SYSDATE(6) + INTERVAL :lease_microseconds MICROSECOND AS leased_until,
        c.attempt_count + 1 AS attempt_count
   FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
  WHERE c.namespace_id = :namespace_id
    AND c.task_queue_name = :task_queue_name
    AND c.task_queue_type = :task_queue_type
    AND c.priority = 3
    AND c.available_at >= :watermark_3
    AND c.available_at <= UTC_TIMESTAMP(6)
    AND c.partition_hash BETWEEN :partition_from AND :partition_to
    AND (c.expiry_at IS NULL OR c.expiry_at > UTC_TIMESTAMP(6))
    AND EXISTS (SELECT 1 FROM namespaces AS n
                 WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')
  ORDER BY c.available_at, c.task_id
  LIMIT :maximum
    FOR UPDATE SKIP LOCKED)
UNION ALL
(SELECT c.task_id, c.workflow_id, c.run_id,
        IF(JSON_STORAGE_SIZE(c.task_data) <= :row_bytes AND COALESCE(LENGTH(c.task_bytes), 0) <= :row_bytes,
           c.task_data, NULL) AS task_data,
        IF(LENGTH(c.task_bytes) <= :row_bytes, c.task_bytes, NULL) AS task_bytes,
        c.priority, c.scheduled_at, c.expiry_at,
        UUID_TO_BIN(UUID()) AS lease_id,
        SYSDATE(6) + INTERVAL :lease_microseconds MICROSECOND AS leased_until,
        c.attempt_count + 1 AS attempt_count
   FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
  WHERE c.namespace_id = :namespace_id
    AND c.task_queue_name = :task_queue_name
    AND c.task_queue_type = :task_queue_type
    AND c.priority = 4
    AND c.available_at >= :watermark_4
    AND c.available_at <= UTC_TIMESTAMP(6)
    AND c.partition_hash BETWEEN :partition_from AND :partition_to
    AND (c.expiry_at IS NULL OR c.expiry_at > UTC_TIMESTAMP(6))
    AND EXISTS (SELECT 1 FROM namespaces AS n
                 WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')
  ORDER BY c.available_at, c.task_id
  LIMIT :maximum
    FOR UPDATE SKIP LOCKED)
UNION ALL
(SELECT c.task_id, c.workflow_id, c.run_id,
        IF(JSON_STORAGE_SIZE(c.task_data) <= :row_bytes AND COALESCE(LENGTH(c.task_bytes), 0) <= :row_bytes,
           c.task_data, NULL) AS task_data,
        IF(LENGTH(c.task_bytes) <= :row_bytes, c.task_bytes, NULL) AS task_bytes,
        c.priority, c.scheduled_at, c.expiry_at,
        UUID_TO_BIN(UUID()) AS lease_id,
        SYSDATE(6) + INTERVAL :lease_microseconds MICROSECOND AS leased_until,
        c.attempt_count + 1 AS attempt_count
   FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
  WHERE c.namespace_id = :namespace_id
    AND c.task_queue_name = :task_queue_name
    AND c.task_queue_type = :task_queue_type
    AND c.priority = 5
    AND c.available_at >= :watermark_5
    AND c.available_at <= UTC_TIMESTAMP(6)
    AND c.partition_hash BETWEEN :partition_from AND :partition_to
    AND (c.expiry_at IS NULL OR c.expiry_at > UTC_TIMESTAMP(6))
    AND EXISTS (SELECT 1 FROM namespaces AS n
                 WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')
  ORDER BY c.available_at, c.task_id
  LIMIT :maximum
    FOR UPDATE SKIP LOCKED)
LIMIT :maximum
