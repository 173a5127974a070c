INSERT INTO schedule_execution_history (namespace_id, execution_id, schedule_id, scheduled_at, workflow_id, run_id, started_at, completed_at, result, error_message)
VALUES (:namespace_id, :execution_id, :schedule_id, :scheduled_at, :workflow_id, :run_id, UTC_TIMESTAMP(6) + INTERVAL :started_at MICROSECOND, UTC_TIMESTAMP(6) + INTERVAL :completed_at MICROSECOND, :result, :error_message) AS new
ON DUPLICATE KEY UPDATE schedule_execution_history.namespace_id = schedule_execution_history.namespace_id
