delete from workflow_query_results
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
)
limit :limit
