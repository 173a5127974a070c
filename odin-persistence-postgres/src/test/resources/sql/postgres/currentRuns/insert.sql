INSERT INTO workflow_current_runs (namespace_id, workflow_id, run_id, workflow_state, start_request_id, started_at)
SELECT :namespace_id::uuid, :workflow_id::text, :run_id::uuid, :workflow_state::text, :start_request_id::text, :started_at::timestamptz
ON CONFLICT DO NOTHING
