INSERT INTO history_events (namespace_id, workflow_id, run_id, event_id, event_type, event_timestamp, task_id, version, event_data, event_bytes)
SELECT :namespace_id::uuid, :workflow_id::text, :run_id::uuid, r.event_id, r.event_type, r.event_timestamp, r.task_id, r.version, r.event_data, r.event_bytes
  FROM unnest(:event_id::int8[], :event_type::text[], :event_timestamp::timestamptz[], :task_id::int8[], :version::int8[], :event_data::jsonb[], :event_bytes::bytea[]) AS r (event_id, event_type, event_timestamp, task_id, version, event_data, event_bytes)
ON CONFLICT DO NOTHING
