select task_queue_name, task_queue_type, task_id
from task_endings
where (
  namespace_id = :namespace_id
  and ended_at < utc_timestamp(6) - interval :age_microseconds microsecond
)
limit :limit
