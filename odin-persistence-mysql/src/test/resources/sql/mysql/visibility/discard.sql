delete from visibility_records
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and not (deleted_at is null)
)
