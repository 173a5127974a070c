select
  namespace_id,
  workflow_id,
  run_id,
  timer_id,
  fire_at,
  case
    when case when pg_column_compression(timer_data) is null then pg_column_size(timer_data) else pg_column_size(timer_data #> array[]::text[]) end <= :row_bytes then timer_data
  end as timer_data,
  case
    when octet_length(timer_bytes) <= :row_bytes then timer_bytes
  end as timer_bytes,
  created_at,
  greatest(
    coalesce(
      case when pg_column_compression(timer_data) is null then pg_column_size(timer_data) else pg_column_size(timer_data #> array[]::text[]) end,
      0
    ),
    coalesce(
      octet_length(timer_bytes),
      0
    )
  ) as largest_payload
from workflow_timers
where (
  shard_id = :shard_id
  and fire_at <= statement_timestamp()
  and (
    select n.status
    from namespaces as n
    where n.namespace_id = workflow_timers.namespace_id
  ) <> 'deleted'
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
