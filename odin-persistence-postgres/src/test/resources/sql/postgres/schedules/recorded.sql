SELECT t.scheduled_at, t.result
  FROM schedule_execution_history AS t
 CROSS JOIN ROWS FROM (unnest(:scheduled_at::timestamptz[]), generate_subscripts(:scheduled_at::timestamptz[], 1)) AS r (scheduled_at, place)
 WHERE t.namespace_id = :namespace_id AND t.schedule_id = :schedule_id AND t.scheduled_at = ANY(:scheduled_at::timestamptz[]) AND t.scheduled_at = r.scheduled_at
