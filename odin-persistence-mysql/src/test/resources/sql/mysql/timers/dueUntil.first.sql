select
  namespace_id,
  workflow_id,
  run_id,
  timer_id,
  fire_at,
  timer_data,
  created_at
from workflow_timers
where (
  shard_id = :shard_id
  and fire_at <= :until
)
order by
  fire_at asc,
  namespace_id asc,
  workflow_id asc,
  run_id asc,
  timer_id asc
limit :limit
