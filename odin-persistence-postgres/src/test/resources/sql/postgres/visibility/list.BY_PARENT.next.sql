select
  namespace_id,
  workflow_id,
  run_id,
  workflow_type,
  task_queue,
  workflow_state,
  status,
  start_time,
  execution_time,
  close_time,
  history_length,
  state_transition_count,
  case
    when case when pg_column_compression(memo) is null then pg_column_size(memo) else pg_column_size(memo #> array[]::text[]) end <= :row_bytes then memo
  end as memo,
  case
    when case when pg_column_compression(search_attributes) is null then pg_column_size(search_attributes) else pg_column_size(search_attributes #> array[]::text[]) end <= :row_bytes then search_attributes
  end as search_attributes,
  parent_workflow_id,
  parent_run_id,
  close_time_or_max,
  greatest(
    coalesce(
      case when pg_column_compression(memo) is null then pg_column_size(memo) else pg_column_size(memo #> array[]::text[]) end,
      0
    ),
    coalesce(
      case when pg_column_compression(search_attributes) is null then pg_column_size(search_attributes) else pg_column_size(search_attributes #> array[]::text[]) end,
      0
    )
  ) as largest_payload
from visibility_records
where (
  namespace_id = :namespace_id
  and deleted_at is null
  and parent_workflow_id = :value_1
  and (
    close_time_or_max,
    start_time,
    run_id,
    workflow_id
  ) < (
    :after_close_time_or_max,
    :after_start_time,
    :after_run_id,
    :after_workflow_id
  )
)
order by
  close_time_or_max desc,
  start_time desc,
  run_id desc,
  workflow_id desc
fetch next :limit rows only
