SELECT t.task_queue_name, t.task_queue_type, t.task_id, t.content_hash
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      task_queue_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[0][0]' ERROR ON ERROR,
      task_queue_type VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[1][0]' ERROR ON ERROR,
      task_id BIGINT PATH '$[2][0]' ERROR ON ERROR)) AS r
  STRAIGHT_JOIN task_endings AS t
    ON t.namespace_id = :namespace_id
   AND t.task_queue_name = r.task_queue_name
   AND t.task_queue_type = r.task_queue_type
   AND t.task_id = r.task_id
