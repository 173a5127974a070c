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
  and (JSON_OVERLAPS(IF(LENGTH(search_attributes) > 2048 OR JSON_CONTAINS(search_attributes->'$.*[0 to last]', '""'),
   JSON_ARRAY('odin: not in the index'), search_attributes->'$.*[0 to last]'), CAST(:value_1 AS JSON)))
  and (JSON_EXTRACT(search_attributes, :value_3) = CAST(:value_2 AS JSON))
)
order by
  close_time_or_max desc,
  start_time desc,
  run_id desc,
  workflow_id desc
limit :limit
