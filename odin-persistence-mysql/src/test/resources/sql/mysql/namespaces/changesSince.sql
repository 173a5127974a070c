select
  namespace_id,
  namespace_name,
  status,
  version,
  change_sequence,
  created_at,
  updated_at,
  description,
  owner_id,
  retention_days,
  history_archival_enabled,
  visibility_archival_enabled,
  is_global_namespace,
  case
    when json_storage_size(cluster_config) <= :row_bytes then cluster_config
  end as cluster_config,
  case
    when json_storage_size(data) <= :row_bytes then data
  end as data,
  greatest(
    coalesce(
      json_storage_size(cluster_config),
      0
    ),
    coalesce(
      json_storage_size(data),
      0
    )
  ) as largest_payload
from namespaces
where change_sequence > :change_sequence
order by change_sequence
limit :limit
