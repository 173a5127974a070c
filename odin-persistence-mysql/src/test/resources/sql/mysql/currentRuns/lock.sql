select run_id
from workflow_current_runs
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
)
for update
