select
  timer_id,
  fire_at,
  case
    when case when pg_column_compression(timer_data) is null then pg_column_size(timer_data) else pg_column_size(timer_data #> array[]::text[]) end <= :row_bytes then timer_data
  end as timer_data,
  created_at,
  coalesce(
    case when pg_column_compression(timer_data) is null then pg_column_size(timer_data) else pg_column_size(timer_data #> array[]::text[]) end,
    0
  ) as largest_payload
from workflow_timers
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and timer_id > :after_timer_id
)
order by timer_id asc
fetch next :limit rows only
