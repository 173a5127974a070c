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
    when case when pg_column_compression(t.requested_times) is null then pg_column_size(t.requested_times) else pg_column_size(t.requested_times #> array[]::text[]) end <= :row_bytes then t.requested_times
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
    when case when pg_column_compression(t.workflow_input) is null then pg_column_size(t.workflow_input) else pg_column_size(t.workflow_input #> array[]::text[]) end <= :row_bytes then t.workflow_input
  end as workflow_input,
  t.workflow_timeout_seconds,
  case
    when case when pg_column_compression(t.retry_policy) is null then pg_column_size(t.retry_policy) else pg_column_size(t.retry_policy #> array[]::text[]) end <= :row_bytes then t.retry_policy
  end as retry_policy,
  case
    when case when pg_column_compression(t.memo) is null then pg_column_size(t.memo) else pg_column_size(t.memo #> array[]::text[]) end <= :row_bytes then t.memo
  end as memo,
  case
    when case when pg_column_compression(t.search_attributes) is null then pg_column_size(t.search_attributes) else pg_column_size(t.search_attributes #> array[]::text[]) end <= :row_bytes then t.search_attributes
  end as search_attributes,
  t.overlap_policy,
  t.catch_up_window_seconds,
  t.jitter_seconds,
  t.maximum_actions,
  t.start_at,
  t.end_at,
  greatest(
    coalesce(
      case when pg_column_compression(t.requested_times) is null then pg_column_size(t.requested_times) else pg_column_size(t.requested_times #> array[]::text[]) end,
      0
    ),
    coalesce(
      case when pg_column_compression(t.workflow_input) is null then pg_column_size(t.workflow_input) else pg_column_size(t.workflow_input #> array[]::text[]) end,
      0
    ),
    coalesce(
      case when pg_column_compression(t.retry_policy) is null then pg_column_size(t.retry_policy) else pg_column_size(t.retry_policy #> array[]::text[]) end,
      0
    ),
    coalesce(
      case when pg_column_compression(t.memo) is null then pg_column_size(t.memo) else pg_column_size(t.memo #> array[]::text[]) end,
      0
    ),
    coalesce(
      case when pg_column_compression(t.search_attributes) is null then pg_column_size(t.search_attributes) else pg_column_size(t.search_attributes #> array[]::text[]) end,
      0
    )
  ) as largest_payload
  FROM workflow_schedules AS t
 CROSS JOIN ROWS FROM (unnest(:schedule_name::text[]), generate_subscripts(:schedule_name::text[], 1)) AS r (schedule_name, place)
 WHERE t.namespace_id = :namespace_id AND t.schedule_name = ANY(:schedule_name::text[]) AND t.schedule_name = r.schedule_name
