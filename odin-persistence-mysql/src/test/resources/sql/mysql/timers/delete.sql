DELETE t
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      timer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[0][0]' ERROR ON ERROR,
      fire_at DATETIME(6) PATH '$[1][0]' ERROR ON ERROR)) AS r
  STRAIGHT_JOIN workflow_timers AS t
    ON t.namespace_id = :namespace_id
   AND t.workflow_id = :workflow_id
   AND t.run_id = :run_id
   AND t.timer_id = r.timer_id
   AND (r.fire_at IS NULL OR t.fire_at = r.fire_at)
