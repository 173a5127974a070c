select
  timer_id,
  fire_at,
  case
    when json_storage_size(timer_data) <= :row_bytes then timer_data
  end as timer_data,
  case
    when octet_length(timer_bytes) <= :row_bytes then timer_bytes
  end as timer_bytes,
  created_at,
  greatest(
    coalesce(
      json_storage_size(timer_data),
      0
    ),
    coalesce(
      octet_length(timer_bytes),
      0
    )
  ) as largest_payload
from workflow_timers
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and timer_id > :after_timer_id
)
order by timer_id asc
limit :limit
