DELETE FROM workflow_timers AS t
 USING ROWS FROM (unnest(:timer_id::text[], :fire_at::timestamptz[]), generate_subscripts(:timer_id::text[], 1)) AS r (timer_id, fire_at, place)
 WHERE t.namespace_id = :namespace_id AND t.workflow_id = :workflow_id AND t.run_id = :run_id AND t.timer_id = ANY(:timer_id::text[]) AND t.timer_id = r.timer_id AND (r.fire_at IS NULL OR t.fire_at = r.fire_at)
