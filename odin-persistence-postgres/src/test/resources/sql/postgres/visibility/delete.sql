update visibility_records
set
  version = :version,
  deleted_at = coalesce(
    deleted_at,
    clock_timestamp()
  ),
  updated_at = clock_timestamp(),
  status = null,
  memo = null,
  search_attributes = null
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and version <= :version
)
