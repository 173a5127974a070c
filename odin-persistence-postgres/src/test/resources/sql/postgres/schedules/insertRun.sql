INSERT INTO schedule_execution_history (namespace_id, execution_id, schedule_id, scheduled_at, workflow_id, run_id, started_at, completed_at, result, error_message)
SELECT :namespace_id::uuid, :execution_id::uuid, :schedule_id::uuid, :scheduled_at::timestamptz, :workflow_id::text, :run_id::uuid, statement_timestamp() + interval '1 microsecond' * :started_at::int8, statement_timestamp() + interval '1 microsecond' * :completed_at::int8, :result::text, :error_message::text
ON CONFLICT DO NOTHING
