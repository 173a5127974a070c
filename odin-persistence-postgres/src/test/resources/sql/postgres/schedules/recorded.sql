SELECT t.scheduled_at, t.result
  FROM schedule_execution_history AS t
 CROSS JOIN unnest(:scheduled_at::timestamptz[]) AS r (scheduled_at)
 WHERE t.namespace_id = :namespace_id AND t.schedule_id = :schedule_id AND t.scheduled_at = ANY(:scheduled_at::timestamptz[]) AND t.scheduled_at = r.scheduled_at
