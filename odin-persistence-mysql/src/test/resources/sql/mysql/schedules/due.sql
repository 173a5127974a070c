select
  namespace_id,
  schedule_id,
  schedule_name,
  created_by,
  paused,
  pause_note,
  next_run_at,
  last_run_at,
  last_run_result,
  remaining_actions,
  case
    when json_storage_size(requested_times) <= :row_bytes then requested_times
  end as requested_times,
  regular_run_at,
  version,
  created_at,
  workflow_type,
  task_queue,
  cron_expression,
  interval_seconds,
  time_zone,
  case
    when json_storage_size(workflow_input) <= :row_bytes then workflow_input
  end as workflow_input,
  workflow_timeout_seconds,
  case
    when json_storage_size(retry_policy) <= :row_bytes then retry_policy
  end as retry_policy,
  case
    when json_storage_size(memo) <= :row_bytes then memo
  end as memo,
  case
    when json_storage_size(search_attributes) <= :row_bytes then search_attributes
  end as search_attributes,
  overlap_policy,
  catch_up_window_seconds,
  jitter_seconds,
  maximum_actions,
  start_at,
  end_at,
  sysdate(6) as database_now,
  greatest(
    coalesce(
      json_storage_size(requested_times),
      0
    ),
    coalesce(
      json_storage_size(workflow_input),
      0
    ),
    coalesce(
      json_storage_size(retry_policy),
      0
    ),
    coalesce(
      json_storage_size(memo),
      0
    ),
    coalesce(
      json_storage_size(search_attributes),
      0
    )
  ) as largest_payload
from workflow_schedules
where (
  paused = false
  and next_run_at <= utc_timestamp(6)
  and (
    leased_until is null
    or leased_until <= sysdate(6)
  )
  and (
    select n.status
    from namespaces as n
    where n.namespace_id = workflow_schedules.namespace_id
  ) <> 'deleted'
)
order by next_run_at, namespace_id, schedule_id
limit :limit
for update skip locked
