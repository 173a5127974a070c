INSERT INTO workflow_current_runs (namespace_id, workflow_id, run_id, workflow_state, start_request_id, started_at)
VALUES (:namespace_id, :workflow_id, :run_id, :workflow_state, :start_request_id, :started_at) AS new
ON DUPLICATE KEY UPDATE workflow_current_runs.namespace_id = workflow_current_runs.namespace_id
