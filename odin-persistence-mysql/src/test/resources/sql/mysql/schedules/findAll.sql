SELECT t.namespace_id,
  t.schedule_id,
  t.schedule_name,
  t.created_by,
  t.paused,
  t.pause_note,
  t.next_run_at,
  t.last_run_at,
  t.last_run_result,
  t.remaining_actions,
  case
    when json_storage_size(t.requested_times) <= :row_bytes then t.requested_times
  end as requested_times,
  t.regular_run_at,
  t.version,
  t.created_at,
  t.workflow_type,
  t.task_queue,
  t.cron_expression,
  t.interval_seconds,
  t.time_zone,
  case
    when json_storage_size(t.workflow_input) <= :row_bytes then t.workflow_input
  end as workflow_input,
  t.workflow_timeout_seconds,
  case
    when json_storage_size(t.retry_policy) <= :row_bytes then t.retry_policy
  end as retry_policy,
  case
    when json_storage_size(t.memo) <= :row_bytes then t.memo
  end as memo,
  case
    when json_storage_size(t.search_attributes) <= :row_bytes then t.search_attributes
  end as search_attributes,
  t.overlap_policy,
  t.catch_up_window_seconds,
  t.jitter_seconds,
  t.maximum_actions,
  t.start_at,
  t.end_at,
  greatest(
    coalesce(
      json_storage_size(t.requested_times),
      0
    ),
    coalesce(
      json_storage_size(t.workflow_input),
      0
    ),
    coalesce(
      json_storage_size(t.retry_policy),
      0
    ),
    coalesce(
      json_storage_size(t.memo),
      0
    ),
    coalesce(
      json_storage_size(t.search_attributes),
      0
    )
  ) as largest_payload
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
      schedule_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin PATH '$[0][0]' ERROR ON ERROR)) AS r
  STRAIGHT_JOIN workflow_schedules AS t
    ON t.namespace_id = :namespace_id
   AND t.schedule_name = r.schedule_name
