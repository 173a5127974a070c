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
    when case when pg_column_compression(cluster_config) is null then pg_column_size(cluster_config) else pg_column_size(cluster_config #> array[]::text[]) end <= :row_bytes then cluster_config
  end as cluster_config,
  case
    when case when pg_column_compression(data) is null then pg_column_size(data) else pg_column_size(data #> array[]::text[]) end <= :row_bytes then data
  end as data,
  greatest(
    coalesce(
      case when pg_column_compression(cluster_config) is null then pg_column_size(cluster_config) else pg_column_size(cluster_config #> array[]::text[]) end,
      0
    ),
    coalesce(
      case when pg_column_compression(data) is null then pg_column_size(data) else pg_column_size(data #> array[]::text[]) end,
      0
    )
  ) as largest_payload
from namespaces
where (
  status <> 'deleted'
  and (
    namespace_name,
    namespace_id
  ) > (
    :after_namespace_name,
    :after_namespace_id
  )
)
order by
  namespace_name asc,
  namespace_id asc
fetch next :limit rows only
