update namespaces
set
  description = :description,
  owner_id = :owner_id,
  retention_days = :retention_days,
  history_archival_enabled = :history_archival_enabled,
  visibility_archival_enabled = :visibility_archival_enabled,
  is_global_namespace = :is_global_namespace,
  cluster_config = :cluster_config,
  data = :data,
  version = (version + 1),
  change_sequence = (
    select last_sequence
    from namespace_change_counter
  )
where (
  namespace_id = :namespace_id
  and version = :expected_version
  and status <> 'deleted'
)
