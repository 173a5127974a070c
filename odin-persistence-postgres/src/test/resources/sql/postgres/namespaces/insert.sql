INSERT INTO namespaces (namespace_id, namespace_name, description, owner_id, retention_days, history_archival_enabled, visibility_archival_enabled, is_global_namespace, cluster_config, data, change_sequence)
SELECT :namespace_id::uuid, :namespace_name::text, :description::text, :owner_id::text, :retention_days::int4, :history_archival_enabled::bool, :visibility_archival_enabled::bool, :is_global_namespace::bool, :cluster_config::jsonb, :data::jsonb, :change_sequence::int8
ON CONFLICT DO NOTHING
