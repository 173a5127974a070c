INSERT INTO workflow_timers (namespace_id, workflow_id, run_id, shard_id, timer_id, fire_at, timer_data, timer_bytes)
SELECT :namespace_id::uuid, :workflow_id::text, :run_id::uuid, :shard_id::int4, r.timer_id, r.fire_at, r.timer_data, r.timer_bytes
  FROM unnest(:timer_id::text[], :fire_at::timestamptz[], :timer_data::jsonb[], :timer_bytes::bytea[]) AS r (timer_id, fire_at, timer_data, timer_bytes)
ON CONFLICT (namespace_id, workflow_id, run_id, timer_id) DO UPDATE SET fire_at = excluded.fire_at, timer_data = excluded.timer_data, timer_bytes = excluded.timer_bytes
