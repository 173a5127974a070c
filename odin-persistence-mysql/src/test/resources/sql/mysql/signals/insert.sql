INSERT INTO workflow_signals (namespace_id, workflow_id, run_id, signal_id, signal_name, signal_input, signal_bytes, signal_sequence)
SELECT * FROM (
  SELECT :namespace_id, :workflow_id, :run_id, r.signal_id, r.signal_name, r.signal_input, FROM_BASE64(r.signal_bytes), r.signal_sequence
    FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      signal_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[0][0]' ERROR ON ERROR,
      signal_name LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[1][0]' ERROR ON ERROR,
      signal_input LONGTEXT CHARACTER SET utf8mb4 PATH '$[2][0]' ERROR ON ERROR,
      signal_bytes LONGTEXT CHARACTER SET ascii PATH '$[3][0]' ERROR ON ERROR,
      signal_sequence BIGINT PATH '$[4][0]' ERROR ON ERROR)) AS r) AS new (namespace_id, workflow_id, run_id, signal_id, signal_name, signal_input, signal_bytes, signal_sequence)
ON DUPLICATE KEY UPDATE workflow_signals.namespace_id = workflow_signals.namespace_id
