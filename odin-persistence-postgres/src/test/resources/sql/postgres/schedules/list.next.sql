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
    when case when pg_column_compression(requested_times) is null then pg_column_size(requested_times) else pg_column_size(requested_times #> array[]::text[]) end <= :row_bytes then requested_times
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
    when case when pg_column_compression(workflow_input) is null then pg_column_size(workflow_input) else pg_column_size(workflow_input #> array[]::text[]) end <= :row_bytes then workflow_input
  end as workflow_input,
  workflow_timeout_seconds,
  case
    when case when pg_column_compression(retry_policy) is null then pg_column_size(retry_policy) else pg_column_size(retry_policy #> array[]::text[]) end <= :row_bytes then retry_policy
  end as retry_policy,
  case
    when case when pg_column_compression(memo) is null then pg_column_size(memo) else pg_column_size(memo #> array[]::text[]) end <= :row_bytes then memo
  end as memo,
  case
    when case when pg_column_compression(search_attributes) is null then pg_column_size(search_attributes) else pg_column_size(search_attributes #> array[]::text[]) end <= :row_bytes then search_attributes
  end as search_attributes,
  overlap_policy,
  catch_up_window_seconds,
  jitter_seconds,
  maximum_actions,
  start_at,
  end_at,
  greatest(
    coalesce(
      case when pg_column_compression(requested_times) is null then pg_column_size(requested_times) else pg_column_size(requested_times #> array[]::text[]) end,
      0
    ),
    coalesce(
      case when pg_column_compression(workflow_input) is null then pg_column_size(workflow_input) else pg_column_size(workflow_input #> array[]::text[]) end,
      0
    ),
    coalesce(
      case when pg_column_compression(retry_policy) is null then pg_column_size(retry_policy) else pg_column_size(retry_policy #> array[]::text[]) end,
      0
    ),
    coalesce(
      case when pg_column_compression(memo) is null then pg_column_size(memo) else pg_column_size(memo #> array[]::text[]) end,
      0
    ),
    coalesce(
      case when pg_column_compression(search_attributes) is null then pg_column_size(search_attributes) else pg_column_size(search_attributes #> array[]::text[]) end,
      0
    )
  ) as largest_payload
from workflow_schedules
where (
  namespace_id = :namespace_id
  and schedule_name > :after_schedule_name
)
order by schedule_name asc
fetch next :limit rows only
