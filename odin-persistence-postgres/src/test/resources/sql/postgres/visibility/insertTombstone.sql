INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, version, deleted_at)
SELECT :namespace_id::uuid, :workflow_id::text, :run_id::uuid, :workflow_type::text, :task_queue::text, :version::int8, statement_timestamp() + interval '1 microsecond' * :deleted_at::int8
ON CONFLICT DO NOTHING
