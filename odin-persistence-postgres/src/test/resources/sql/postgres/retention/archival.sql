select e.archived_at, e.archive_checksum, n.history_archival_enabled, n.visibility_archival_enabled
from workflow_executions as e
  left outer join namespaces as n
    on n.namespace_id = e.namespace_id
where (
  e.namespace_id = :namespace_id
  and e.workflow_id = :workflow_id
  and e.run_id = :run_id
)
