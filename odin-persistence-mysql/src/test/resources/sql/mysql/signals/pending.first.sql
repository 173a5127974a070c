select
  signal_id,
  signal_name,
  case
    when json_storage_size(signal_input) <= :row_bytes then signal_input
  end as signal_input,
  case
    when octet_length(signal_bytes) <= :row_bytes then signal_bytes
  end as signal_bytes,
  signal_sequence,
  received_at,
  greatest(
    coalesce(
      json_storage_size(signal_input),
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
limit :limit
