delete from visibility_records
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and deleted_at < statement_timestamp() - interval '1 microsecond' * :age_microseconds
)
