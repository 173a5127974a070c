select task_queue_name, task_queue_type, task_id
from task_endings
where (
  namespace_id = :namespace_id
  and ended_at < statement_timestamp() - interval '1 microsecond' * :age_microseconds
)
fetch next :limit rows only
