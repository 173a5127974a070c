INSERT INTO task_endings (namespace_id, task_queue_name, task_queue_type, task_id, content_hash)
SELECT t.namespace_id, t.task_queue_name, t.task_queue_type, t.task_id, t.content_hash
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      task_queue_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[0][0]' ERROR ON ERROR,
      task_queue_type VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[1][0]' ERROR ON ERROR,
      task_id BIGINT PATH '$[2][0]' ERROR ON ERROR,
      lease_id CHAR(36) CHARACTER SET ascii PATH '$[3][0]' ERROR ON ERROR)) AS r
  STRAIGHT_JOIN task_completions AS c
    ON c.namespace_id = :namespace_id
   AND c.lease_id = UUID_TO_BIN(r.lease_id)
  STRAIGHT_JOIN task_queues AS t
    ON t.namespace_id = :namespace_id
   AND t.task_queue_name = r.task_queue_name
   AND t.task_queue_type = r.task_queue_type
   AND t.task_id = r.task_id
   AND t.lease_id = c.lease_id
 WHERE r.task_id >= 0
ON DUPLICATE KEY UPDATE task_endings.task_id = task_endings.task_id
