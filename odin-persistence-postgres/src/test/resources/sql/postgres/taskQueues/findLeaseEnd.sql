select lease_end
from task_completions
where (
  namespace_id = :namespace_id
  and lease_id = :lease_id
)
