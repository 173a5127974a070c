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
from visibility_records
where (
  namespace_id = :namespace_id
  and deleted_at is null
  and start_time between :value_1 and :value_2
  and (
    start_time < :after_start_time
    or (
      start_time = :after_start_time
      and (
        run_id < :after_run_id
        or (
          run_id = :after_run_id
          and workflow_id < :after_workflow_id
        )
      )
    )
  )
)
order by
  start_time desc,
  run_id desc,
  workflow_id desc
limit :limit
