UPDATE JSON_TABLE(:rows, '$[*]' COLUMNS (
      task_id BIGINT PATH '$[0][0]' ERROR ON ERROR,
      lease_id CHAR(36) CHARACTER SET ascii PATH '$[1][0]' ERROR ON ERROR,
      lease_expires_at DATETIME(6) PATH '$[2][0]' ERROR ON ERROR,
      attempt_count INT PATH '$[3][0]' ERROR ON ERROR)) AS r
STRAIGHT_JOIN task_queues AS t
   ON t.namespace_id = :namespace_id
  AND t.task_queue_name = :task_queue_name
  AND t.task_queue_type = :task_queue_type
  AND t.task_id = r.task_id
  SET t.lease_id = UUID_TO_BIN(r.lease_id),
      t.leased_until = r.lease_expires_at,
      t.attempt_count = r.attempt_count
