INSERT INTO history_events (namespace_id, workflow_id, run_id, event_id, event_type, event_timestamp, task_id, version, event_data, event_bytes)
SELECT * FROM (
  SELECT :namespace_id, :workflow_id, :run_id, r.event_id, r.event_type, r.event_timestamp, r.task_id, r.version, r.event_data, FROM_BASE64(r.event_bytes)
    FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      event_id BIGINT PATH '$[0][0]' ERROR ON ERROR,
      event_type LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[1][0]' ERROR ON ERROR,
      event_timestamp DATETIME(6) PATH '$[2][0]' ERROR ON ERROR,
      task_id BIGINT PATH '$[3][0]' ERROR ON ERROR,
      version BIGINT PATH '$[4][0]' ERROR ON ERROR,
      event_data LONGTEXT CHARACTER SET utf8mb4 PATH '$[5][0]' ERROR ON ERROR,
      event_bytes LONGTEXT CHARACTER SET ascii PATH '$[6][0]' ERROR ON ERROR)) AS r) AS new (namespace_id, workflow_id, run_id, event_id, event_type, event_timestamp, task_id, version, event_data, event_bytes)
ON DUPLICATE KEY UPDATE history_events.namespace_id = history_events.namespace_id
