select lease_id
from task_completions
where (
  namespace_id = :namespace_id
  and completed_at < statement_timestamp() - interval '1 microsecond' * :age_microseconds
)
fetch next :limit rows only
