INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id, scheduled_at, expiry_at, task_data, task_bytes, partition_hash, priority, content_hash)
SELECT * FROM (
  SELECT :namespace_id, r.task_queue_name, r.task_queue_type, r.task_id, r.workflow_id, UUID_TO_BIN(r.run_id), UTC_TIMESTAMP(6) + INTERVAL r.scheduled_at MICROSECOND, UTC_TIMESTAMP(6) + INTERVAL r.expiry_at MICROSECOND, r.task_data, FROM_BASE64(r.task_bytes), r.partition_hash, r.priority, FROM_BASE64(r.content_hash)
    FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      task_queue_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[0][0]' ERROR ON ERROR,
      task_queue_type VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[1][0]' ERROR ON ERROR,
      task_id BIGINT PATH '$[2][0]' ERROR ON ERROR,
      workflow_id LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[3][0]' ERROR ON ERROR,
      run_id CHAR(36) CHARACTER SET ascii PATH '$[4][0]' ERROR ON ERROR,
      scheduled_at BIGINT PATH '$[5][0]' ERROR ON ERROR,
      expiry_at BIGINT PATH '$[6][0]' ERROR ON ERROR,
      task_data LONGTEXT CHARACTER SET utf8mb4 PATH '$[7][0]' ERROR ON ERROR,
      task_bytes LONGTEXT CHARACTER SET ascii PATH '$[8][0]' ERROR ON ERROR,
      partition_hash INT PATH '$[9][0]' ERROR ON ERROR,
      priority INT PATH '$[10][0]' ERROR ON ERROR,
      content_hash LONGTEXT CHARACTER SET ascii PATH '$[11][0]' ERROR ON ERROR)) AS r) AS new (namespace_id, task_queue_name, task_queue_type, task_id, workflow_id, run_id, scheduled_at, expiry_at, task_data, task_bytes, partition_hash, priority, content_hash)
ON DUPLICATE KEY UPDATE task_queues.namespace_id = task_queues.namespace_id
