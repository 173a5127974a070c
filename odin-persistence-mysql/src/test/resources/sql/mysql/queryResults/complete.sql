UPDATE JSON_TABLE(:rows, '$[*]' COLUMNS (
      query_id CHAR(36) CHARACTER SET ascii PATH '$[0][0]' ERROR ON ERROR,
      query_result LONGTEXT CHARACTER SET utf8mb4 PATH '$[1][0]' ERROR ON ERROR,
      query_error LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[2][0]' ERROR ON ERROR)) AS r
  STRAIGHT_JOIN workflow_query_results AS t
    ON t.namespace_id = :namespace_id
   AND t.workflow_id = :workflow_id
   AND t.run_id = :run_id
   AND t.query_id = UUID_TO_BIN(r.query_id)
   SET t.execution_version = :execution_version, t.completed_at = UTC_TIMESTAMP(6) + INTERVAL :completed_at MICROSECOND, t.query_result = r.query_result, t.query_error = r.query_error
 WHERE (completed_at is null and (expires_at is null or expires_at > sysdate(6)))
