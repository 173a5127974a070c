SELECT t.scheduled_at, t.result
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      scheduled_at DATETIME(6) PATH '$[0][0]' ERROR ON ERROR)) AS r
  STRAIGHT_JOIN schedule_execution_history AS t
    ON t.namespace_id = :namespace_id
   AND t.schedule_id = :schedule_id
   AND t.scheduled_at = r.scheduled_at
