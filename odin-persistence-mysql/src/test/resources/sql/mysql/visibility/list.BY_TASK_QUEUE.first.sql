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
    when json_storage_size(memo) <= :row_bytes then memo
  end as memo,
  case
    when json_storage_size(search_attributes) <= :row_bytes then search_attributes
  end as search_attributes,
  parent_workflow_id,
  parent_run_id,
  close_time_or_max,
  greatest(
    coalesce(
      json_storage_size(memo),
      0
    ),
    coalesce(
      json_storage_size(search_attributes),
      0
    )
  ) as largest_payload
from visibility_records ignore index (idx_visibility_records_close)
where (
  namespace_id = :namespace_id
  and deleted_at is null
  and task_queue = :value_1
)
order by
  close_time_or_max desc,
  start_time desc,
  run_id desc,
  workflow_id desc
limit :limit
