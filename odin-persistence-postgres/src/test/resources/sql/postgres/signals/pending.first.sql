select
  signal_id,
  signal_name,
  case
    when case when pg_column_compression(signal_input) is null then pg_column_size(signal_input) else pg_column_size(signal_input #> array[]::text[]) end <= :row_bytes then signal_input
  end as signal_input,
  case
    when octet_length(signal_bytes) <= :row_bytes then signal_bytes
  end as signal_bytes,
  signal_sequence,
  received_at,
  greatest(
    coalesce(
      case when pg_column_compression(signal_input) is null then pg_column_size(signal_input) else pg_column_size(signal_input #> array[]::text[]) end,
      0
    ),
    coalesce(
      octet_length(signal_bytes),
      0
    )
  ) as largest_payload
from workflow_signals
where (
  namespace_id = :namespace_id
  and workflow_id = :workflow_id
  and run_id = :run_id
  and not (processed)
)
order by signal_sequence asc
fetch next :limit rows only
