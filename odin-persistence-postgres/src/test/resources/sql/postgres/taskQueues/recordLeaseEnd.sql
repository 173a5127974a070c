INSERT INTO task_completions (namespace_id, lease_id, lease_end)
SELECT :namespace_id::uuid, :lease_id::uuid, :lease_end::text
ON CONFLICT DO NOTHING
