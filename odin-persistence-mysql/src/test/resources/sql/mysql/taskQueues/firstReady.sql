SELECT f.queue_number, f.available_at, f.database_now
  FROM (
    SELECT r.queue_number, UTC_TIMESTAMP(6) AS database_now,
           LEAST(
             COALESCE((
             SELECT c.available_at
               FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
              WHERE c.namespace_id = UUID_TO_BIN(r.namespace_id)
                AND c.task_queue_name = r.task_queue_name
                AND c.task_queue_type = r.task_queue_type
                AND c.priority = 1
                AND (c.expiry_at IS NULL OR c.expiry_at > GREATEST(c.available_at, UTC_TIMESTAMP(6)))
                AND c.task_data IS NOT NULL
              ORDER BY c.namespace_id, c.task_queue_name, c.task_queue_type, c.priority, c.available_at
              LIMIT 1), TIMESTAMP'9999-12-31 23:59:59.999999'),
             COALESCE((
             SELECT c.available_at
               FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
              WHERE c.namespace_id = UUID_TO_BIN(r.namespace_id)
                AND c.task_queue_name = r.task_queue_name
                AND c.task_queue_type = r.task_queue_type
                AND c.priority = 2
                AND (c.expiry_at IS NULL OR c.expiry_at > GREATEST(c.available_at, UTC_TIMESTAMP(6)))
                AND c.task_data IS NOT NULL
              ORDER BY c.namespace_id, c.task_queue_name, c.task_queue_type, c.priority, c.available_at
              LIMIT 1), TIMESTAMP'9999-12-31 23:59:59.999999'),
             COALESCE((
             SELECT c.available_at
               FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
              WHERE c.namespace_id = UUID_TO_BIN(r.namespace_id)
                AND c.task_queue_name = r.task_queue_name
                AND c.task_queue_type = r.task_queue_type
                AND c.priority = 3
                AND (c.expiry_at IS NULL OR c.expiry_at > GREATEST(c.available_at, UTC_TIMESTAMP(6)))
                AND c.task_data IS NOT NULL
              ORDER BY c.namespace_id, c.task_queue_name, c.task_queue_type, c.priority, c.available_at
              LIMIT 1), TIMESTAMP'9999-12-31 23:59:59.999999'),
             COALESCE((
             SELECT c.available_at
               FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
              WHERE c.namespace_id = UUID_TO_BIN(r.namespace_id)
                AND c.task_queue_name = r.task_queue_name
                AND c.task_queue_type = r.task_queue_type
                AND c.priority = 4
                AND (c.expiry_at IS NULL OR c.expiry_at > GREATEST(c.available_at, UTC_TIMESTAMP(6)))
                AND c.task_data IS NOT NULL
              ORDER BY c.namespace_id, c.task_queue_name, c.task_queue_type, c.priority, c.available_at
              LIMIT 1), TIMESTAMP'9999-12-31 23:59:59.999999'),
             COALESCE((
             SELECT c.available_at
               FROM task_queues AS c FORCE INDEX (idx_task_queues_pending)
              WHERE c.namespace_id = UUID_TO_BIN(r.namespace_id)
                AND c.task_queue_name = r.task_queue_name
                AND c.task_queue_type = r.task_queue_type
                AND c.priority = 5
                AND (c.expiry_at IS NULL OR c.expiry_at > GREATEST(c.available_at, UTC_TIMESTAMP(6)))
                AND c.task_data IS NOT NULL
              ORDER BY c.namespace_id, c.task_queue_name, c.task_queue_type, c.priority, c.available_at
              LIMIT 1), TIMESTAMP'9999-12-31 23:59:59.999999')) AS available_at
      FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      namespace_id CHAR(36) CHARACTER SET ascii PATH '$[0][0]' ERROR ON ERROR,
      task_queue_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[1][0]' ERROR ON ERROR,
      task_queue_type VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[2][0]' ERROR ON ERROR,
      queue_number INT PATH '$[3][0]' ERROR ON ERROR)) AS r
     WHERE (SELECT n.status FROM namespaces AS n WHERE n.namespace_id = UUID_TO_BIN(r.namespace_id)) <> 'deleted'
  ) AS f
 WHERE f.available_at < TIMESTAMP'9999-12-31 23:59:59.999999'
