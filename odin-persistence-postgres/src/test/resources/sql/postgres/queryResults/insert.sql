INSERT INTO workflow_query_results (namespace_id, workflow_id, run_id, query_id, query_name, query_input, expires_at)
SELECT :namespace_id::uuid, :workflow_id::text, :run_id::uuid, :query_id::uuid, :query_name::text, :query_input::jsonb, statement_timestamp() + interval '1 microsecond' * :expires_at::int8
ON CONFLICT DO NOTHING
