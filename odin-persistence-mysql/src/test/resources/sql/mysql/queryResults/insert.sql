INSERT INTO workflow_query_results (namespace_id, workflow_id, run_id, query_id, query_name, query_input, expires_at)
VALUES (:namespace_id, :workflow_id, :run_id, :query_id, :query_name, :query_input, UTC_TIMESTAMP(6) + INTERVAL :expires_at MICROSECOND) AS new
ON DUPLICATE KEY UPDATE workflow_query_results.namespace_id = workflow_query_results.namespace_id
