INSERT INTO history_events (namespace_id, workflow_id, run_id, event_id, event_type, event_timestamp, task_id, version, event_data)
SELECT :namespace_id::uuid, :workflow_id::text, :run_id::uuid, r.event_id, r.event_type, r.event_timestamp, r.task_id, r.version, r.event_data
  FROM unnest(:event_id::int8[], :event_type::text[], :event_timestamp::timestamptz[], :task_id::int8[], :version::int8[], :event_data::jsonb[]) AS r (event_id, event_type, event_timestamp, task_id, version, event_data)
ON CONFLICT DO NOTHING
