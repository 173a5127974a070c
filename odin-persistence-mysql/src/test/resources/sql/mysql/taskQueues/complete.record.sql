INSERT INTO task_completions (namespace_id, lease_id)
SELECT t.namespace_id, t.lease_id
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      task_queue_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[0][0]' ERROR ON ERROR,
      task_queue_type VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[1][0]' ERROR ON ERROR,
      task_id BIGINT PATH '$[2][0]' ERROR ON ERROR,
      lease_id CHAR(36) CHARACTER SET ascii PATH '$[3][0]' ERROR ON ERROR)) AS r
  STRAIGHT_JOIN task_queues AS t
    ON t.namespace_id = :namespace_id
   AND t.task_queue_name = r.task_queue_name
   AND t.task_queue_type = r.task_queue_type
   AND t.task_id = r.task_id
   AND t.lease_id = UUID_TO_BIN(r.lease_id)
   AND t.leased_until > SYSDATE(6)
   FOR UPDATE OF t
ON DUPLICATE KEY UPDATE task_completions.lease_id = task_completions.lease_id
