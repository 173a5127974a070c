INSERT INTO workflow_signals (namespace_id, workflow_id, run_id, signal_id, signal_name, signal_input, signal_bytes, signal_sequence)
SELECT :namespace_id::uuid, :workflow_id::text, :run_id::uuid, r.signal_id, r.signal_name, r.signal_input, r.signal_bytes, r.signal_sequence
  FROM unnest(:signal_id::text[], :signal_name::text[], :signal_input::jsonb[], :signal_bytes::bytea[], :signal_sequence::int8[]) AS r (signal_id, signal_name, signal_input, signal_bytes, signal_sequence)
ON CONFLICT DO NOTHING
