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
where (
  status <> 'deleted'
  and (
    namespace_name > :after_namespace_name
    or (
      namespace_name = :after_namespace_name
      and namespace_id > :after_namespace_id
    )
  )
)
order by
  namespace_name asc,
  namespace_id asc
limit :limit
