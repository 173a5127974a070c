update workflow_executions
set
  archive_checksum = :archive_checksum,
  archived_at = clock_timestamp()
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
