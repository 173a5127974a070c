INSERT INTO workflow_timers (namespace_id, workflow_id, run_id, shard_id, timer_id, fire_at, timer_data, timer_bytes)
SELECT * FROM (
  SELECT :namespace_id, :workflow_id, :run_id, :shard_id, r.timer_id, r.fire_at, r.timer_data, FROM_BASE64(r.timer_bytes)
    FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      timer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[0][0]' ERROR ON ERROR,
      fire_at DATETIME(6) PATH '$[1][0]' ERROR ON ERROR,
      timer_data LONGTEXT CHARACTER SET utf8mb4 PATH '$[2][0]' ERROR ON ERROR,
      timer_bytes LONGTEXT CHARACTER SET ascii PATH '$[3][0]' ERROR ON ERROR)) AS r) AS new (namespace_id, workflow_id, run_id, shard_id, timer_id, fire_at, timer_data, timer_bytes)
ON DUPLICATE KEY UPDATE fire_at = new.fire_at, timer_data = new.timer_data, timer_bytes = new.timer_bytes
