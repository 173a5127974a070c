select namespace_id, workflow_id, run_id, query_id
from workflow_query_results
where expires_at <= statement_timestamp()
order by expires_at
fetch next :limit rows only
