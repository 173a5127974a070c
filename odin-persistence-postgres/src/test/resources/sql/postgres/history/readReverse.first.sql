select
  event_id,
  event_type,
  event_timestamp,
  task_id,
  version,
  case
    when case when pg_column_compression(event_data) is null then pg_column_size(event_data) else pg_column_size(event_data #> array[]::text[]) end <= :row_bytes then event_data
  end as event_data,
  case
    when octet_length(event_bytes) <= :row_bytes then event_bytes
  end as event_bytes,
  greatest(
    coalesce(
      case when pg_column_compression(event_data) is null then pg_column_size(event_data) else pg_column_size(event_data #> array[]::text[]) end,
      0
    ),
    coalesce(
      octet_length(event_bytes),
      0
    )
  ) as largest_payload
from history_events
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and event_id >= :from
  and event_id < :to
)
order by event_id desc
fetch next :limit rows only
