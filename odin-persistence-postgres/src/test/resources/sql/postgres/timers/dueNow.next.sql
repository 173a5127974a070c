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
  and fire_at <= statement_timestamp()
  and (
    fire_at,
    namespace_id,
    workflow_id,
    run_id,
    timer_id
  ) > (
    :after_fire_at,
    :after_namespace_id,
    :after_workflow_id,
    :after_run_id,
    :after_timer_id
  )
)
order by
  fire_at asc,
  namespace_id asc,
  workflow_id asc,
  run_id asc,
  timer_id asc
fetch next :limit rows only
