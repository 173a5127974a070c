select lease_id
from task_completions
where (
  namespace_id = :namespace_id
  and completed_at < utc_timestamp(6) - interval :age_microseconds microsecond
)
limit :limit
