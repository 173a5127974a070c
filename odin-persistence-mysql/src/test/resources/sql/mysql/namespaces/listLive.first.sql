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
  cluster_config,
  data
from namespaces
where status <> 'deleted'
order by namespace_name asc, namespace_id asc
limit :limit
