INSERT INTO namespaces (namespace_id, namespace_name, description, owner_id, retention_days, history_archival_enabled, visibility_archival_enabled, is_global_namespace, cluster_config, data, change_sequence)
VALUES (:namespace_id, :namespace_name, :description, :owner_id, :retention_days, :history_archival_enabled, :visibility_archival_enabled, :is_global_namespace, :cluster_config, :data, :change_sequence) AS new
ON DUPLICATE KEY UPDATE namespaces.namespace_id = namespaces.namespace_id
