SELECT t.run_id, t.signal_id, t.signal_sequence
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      signal_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[0][0]' ERROR ON ERROR)) AS r
  STRAIGHT_JOIN workflow_signals AS t
    ON t.namespace_id = :namespace_id
   AND t.workflow_id = :workflow_id
   AND t.signal_id = r.signal_id
