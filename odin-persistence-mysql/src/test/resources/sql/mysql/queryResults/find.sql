select
  query_name,
  query_input,
  query_result,
  query_error,
  requested_at,
  completed_at,
  expires_at,
  execution_version
from workflow_query_results
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and query_id = :query_id
  and (
    expires_at is null
    or expires_at > utc_timestamp(6)
  )
)
