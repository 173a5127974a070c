select namespace_id, workflow_id, run_id, query_id
from workflow_query_results
where expires_at <= utc_timestamp(6)
order by expires_at
limit :limit
